"""How to reach the server: a socket in a folder that only we may enter; on Windows the loopback."""

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec

from doorstep.kernel import Misconfigured
from doorstep.store.embedded.home import Home

_LONGEST = 103
"""Bytes in a socket's path: 107 on Linux, 103 on macOS."""


class Door(msgspec.Struct, frozen=True):
    """`folder` of the socket, or none and a `port` of the loopback."""

    folder: Path | None
    port: int = 5432

    def settings(self) -> dict[str, str]:
        """What PostgreSQL must be told."""
        where = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        return {**(where if self.folder else {"listen_addresses": "127.0.0.1"}), "port": str(self.port)}

    def url(self, password: str, database: str) -> str:
        """The address for drivers and for PostgreSQL's own programs."""
        host = str(self.folder) if self.folder else "127.0.0.1"
        query = urlencode({"host": host, "port": self.port})
        return f"postgresql://doorstep:{quote(password, safe='')}@/{database}?{query}"


def door(home: Home) -> Door:
    """The way in to the server of `home`. Raises `Misconfigured` when no safe folder can be made."""
    if os.name == "nt":
        return Door(None, _free_port())
    folder = home.folder / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > _LONGEST:
        folder = _short(home)
    return Door(_private(home, folder))


def _short(home: Home) -> Path:
    """A short path, the same at every start, so that a socket left behind is found and replaced."""
    name = hashlib.sha256(os.fsencode(home.folder)).hexdigest()[:12]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = (
        Path(runtime) if runtime and home.uid is None and len(runtime) < 40 else Path(tempfile.gettempdir())
    )
    return base / f"doorstep-{name}"


def _private(home: Home, folder: Path) -> Path:
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if home.uid is not None and home.gid is not None:
            os.chown(folder, home.uid, home.gid)
    status = folder.lstat()
    owner = os.geteuid() if home.uid is None else home.uid
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or status.st_mode & 0o077:
        raise Misconfigured(
            f"{folder} is not ours alone: somebody else made it. Remove it, or set XDG_RUNTIME_DIR."
        )
    return folder


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
