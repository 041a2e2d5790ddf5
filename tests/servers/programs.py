"""Programs that tests talk to: without one a test is skipped and says so; in CI it fails."""

import os
import shutil

import pytest


def program(name: str, package: str = "") -> str:
    """The path of `name`, of the Debian package `package`."""
    if found := shutil.which(name):
        return found
    missing = f"{name} is not installed (apt-get install {package or name})"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
