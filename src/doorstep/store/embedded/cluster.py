"""A new, empty PostgreSQL data folder, made whole or not at all; and the version it is bound to."""

import asyncio
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from doorstep.kernel import Misconfigured
from doorstep.store.embedded.home import Home

MAJOR = 18
"""The major version that this Doorstep brings."""

_INITDB = (
    "--username=doorstep",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
    "--no-instructions",
)


async def prepare(home: Home, progress: Callable[[str], None], fsync: bool = True) -> None:
    """Make the cluster if there is none. Raises `Misconfigured` for one of another major version."""
    if (found := _major(home)) is None:
        progress("Making a new database …")
        await _make(home, fsync)
    elif found != MAJOR:
        raise Misconfigured(
            f"The database in {home.cluster} was made by PostgreSQL {found}, this Doorstep brings {MAJOR}. "
            "Back it up with the Doorstep that made it, then restore that into an empty folder with this one."
        )


def password(home: Home) -> str:
    """The database's password, made at random on first use; only we can read the file."""
    file = home.folder / "password"
    if not file.exists():
        _write_secret(home, file, secrets.token_urlsafe(32))
    return file.read_text()


def launch(
    home: Home, program: str, *arguments: str, output: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs as the home's user, in its own session, with a clean environment.

    Its own, because Ctrl-C on a terminal reaches every process of a session, and it is we who end it.
    """
    return subprocess.Popen(  # noqa: S603
        [str(home.programs / program), *arguments],
        user=home.uid,
        group=home.gid,
        extra_groups=None if home.uid is None else [],
        cwd=home.folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C",
            "TZ": "UTC",
            "HOME": str(home.folder),
        },
        umask=0o077,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _major(home: Home) -> int | None:
    try:
        return int((home.cluster / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


async def _make(home: Home, fsync: bool) -> None:
    for half_made in home.folder.glob("new-*"):
        shutil.rmtree(half_made, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=home.folder))
    _own(home, folder)
    password(home)
    arguments = [*_INITDB, f"--pgdata={folder}", f"--pwfile={home.folder / 'password'}"]
    await _run(home, "initdb", *arguments, *([] if fsync else ["--no-sync"]))
    os.rename(folder, home.cluster)


async def _run(home: Home, program: str, *arguments: str) -> None:
    with tempfile.TemporaryFile() as said:
        process = launch(home, program, *arguments, output=said.fileno())
        try:
            await asyncio.to_thread(process.wait)
        finally:
            process.kill()
            process.wait()
        said.seek(0)
        if process.returncode:
            raise Misconfigured(f"{program} failed: {said.read().decode(errors='replace').strip()}")


def _write_secret(home: Home, file: Path, text: str) -> None:
    making = file.with_suffix(".new")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    _own(home, making)
    making.rename(file)


def _own(home: Home, path: Path) -> None:
    if home.uid is not None and home.gid is not None:
        os.chown(path, home.uid, home.gid)
