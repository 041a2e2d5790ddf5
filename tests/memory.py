"""Room in memory for the databases of the tests: each is a thousand files, and lives for a second."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3
NAME = "doorstep-tests-"
SPACE = "memory"
"""The tablespace's name."""


def has_room() -> bool:
    """Whether there is such a place, and enough of it."""
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH


@contextmanager
def room(uid: int | None, gid: int | None) -> Iterator[Path]:
    """A folder there that is the server's own; what killed runs left behind goes first."""
    for left in MEMORY.glob(f"{NAME}*"):
        if not Path("/proc", left.name.removeprefix(NAME)).exists():
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"{NAME}{os.getpid()}"
    folder.mkdir(mode=0o700)
    if uid is not None and gid is not None:
        os.chown(folder, uid, gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
