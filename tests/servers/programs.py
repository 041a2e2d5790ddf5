"""Programs that tests talk to: without one a test is skipped and says so; in CI it fails."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def program(name: str, package: str = "") -> str:
    """The path of `name`, of the Debian package `package`."""
    found = shutil.which(name)
    if found is None:
        absent(f"{name} is not installed (apt-get install {package or name})")
    return found


def absent(reason: str) -> NoReturn:
    """A test goes without what is not here, and says so; in CI everything must be here."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def reachable(scratch: Path) -> Path | None:
    """Where a server's own user can go: the scratch folder, or the system's when that is closed to others."""
    open_to_all = all(folder.stat().st_mode & 0o001 for folder in (scratch, *scratch.parents))
    return scratch if open_to_all else None
