"""A server whose Doorstep was killed: find it, and end it cleanly, before another is started."""

import os
import signal
import subprocess
import time
from pathlib import Path

from doorstep.kernel import Misconfigured

_PATIENCE = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 15.0))
"""Fast shutdown, then immediate; seconds."""


def end_orphan(cluster: Path) -> int | None:
    """End the server that still runs on `cluster`, if one does; returns its process id.

    The caller holds the lock of the folder, so whatever runs there belongs to nobody.
    """
    pid_file = cluster / "postmaster.pid"
    pid = _pid_in(pid_file)
    if pid is None or not is_alive(pid):
        return None
    if not _works_on(pid, cluster):
        # The number was given to another program since; PostgreSQL alone would refuse to start for ever.
        pid_file.unlink(missing_ok=True)
        return None
    _end(pid)
    return pid


def is_alive(pid: int) -> bool:
    """Is there a process of this number, other than a zombie that waits for its parent?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _pid_in(pid_file: Path) -> int | None:
    try:
        first = pid_file.read_text().partition("\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except OSError:
        return False


def _works_on(pid: int, cluster: Path) -> bool:
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.exists():
        return os.fsencode(cluster) in proc.read_bytes().split(b"\0")
    ps = ["/bin/ps", "-ww", "-p", str(pid), "-o", "command="]
    return str(cluster) in subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603


def _end(pid: int) -> None:
    for how, seconds in _PATIENCE:
        os.kill(pid, how)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not is_alive(pid):
                return
            time.sleep(0.05)
    raise Misconfigured(
        f"PostgreSQL (process {pid}) still runs on this data folder and does not end. End it first."
    )
