"""The system user that root's PostgreSQL runs as."""

import shutil
import subprocess
import sys

from doorstep.kernel import Misconfigured

if sys.platform != "win32":
    import pwd

NAME = "doorstep"


def system_user() -> tuple[int, int]:
    """User and group id of `doorstep`, made if it is missing. Raises `Misconfigured` where it cannot be."""
    return _known() or _made()


def _known() -> tuple[int, int] | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return entry.pw_uid, entry.pw_gid


def _made() -> tuple[int, int]:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    said = "there is no useradd here"
    if useradd:
        command = [
            useradd,
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            NAME,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()  # noqa: S603
    # Two first starts at once both try, and one of them fails harmlessly.
    if ids := _known():
        return ids
    raise Misconfigured(
        f"PostgreSQL may not run as root, and the system user {NAME!r} could not be made: {said}. "
        "Make that user, run Doorstep as an ordinary user, or set database_url."
    )
