"""One Doorstep for each data folder."""

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doorstep.kernel import Misconfigured


class AlreadyRuns(Misconfigured):
    """Another Doorstep runs on this data folder."""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock for the length of the block; whatever ends this process lets go of it.

    Raises `AlreadyRuns` when another holds it.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        _take(descriptor, file)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, file: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        holder = os.pread(descriptor, 32, 0).decode() or "?"
        raise AlreadyRuns(
            f"Doorstep already runs on this data folder (process {holder}, {file.parent}). "
            "Stop it first, or choose another folder."
        ) from error


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
