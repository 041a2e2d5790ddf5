"""Save database, files and secrets while everything runs.

The order makes it consistent. A file is on disk before the row that names it is committed, and files never
change. So whatever a snapshot of the database names is there, as long as files are copied after the snapshot
was taken. Only the sweep of unused files can be in between: what it took, nobody needs any more.
"""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from doorstep import __version__
from doorstep.kernel import Misconfigured
from doorstep.store.backup.archive import Writing
from doorstep.store.backup.manifest import DUMP, FORMAT, Manifest
from doorstep.store.backup.programs import program, run
from doorstep.store.database import Connection
from doorstep.store.queries import beside

sql = beside(__file__)


async def backup(
    url: str, data: Path, file: Path, progress: Callable[[str], None] = lambda _: None
) -> Manifest:
    """Save the database at `url` and the folder `data` into the new `file`, which only we may read.

    `file` appears when it is whole. Raises `Misconfigured` when it exists, or with what pg_dump says.
    """
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=_folder_for(file)) as folder:
        making = Path(folder) / file.name
        connection = await asyncpg.connect(url)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                manifest = await _save(connection, url, data, making, progress)
        finally:
            await connection.close()
        await asyncio.to_thread(_publish, making, file)
    return manifest


def _folder_for(file: Path) -> Path:
    if file.exists():
        raise Misconfigured(f"{file} exists already. A backup never writes over another.")
    folder = file.resolve().parent
    if not folder.is_dir():
        raise Misconfigured(f"There is no folder {folder} to save into.")
    return folder


async def _save(
    snapshot: Connection, url: str, data: Path, making: Path, progress: Callable[[str], None]
) -> Manifest:
    server = await sql.value(snapshot, "server_version")
    progress("Saving the database …")
    dump = making.with_name(DUMP)
    await _dump(url, await sql.value(snapshot, "share_snapshot"), dump, server)
    migrations = [name for (name,) in await sql.tuples(snapshot, "migrations_run")]
    needed = {sha256 for (sha256,) in await sql.tuples(snapshot, "files_in_use")}
    progress("Saving files and secrets …")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        writing = Writing(out)
        await asyncio.to_thread(_add, writing, data, dump)
        missing = await _missing(url, needed, set(writing.members))
        manifest = Manifest(
            format=FORMAT,
            doorstep=__version__,
            made_at=datetime.now(UTC),
            server=server,
            migrations=migrations,
            members=writing.members,
            missing=missing,
        )
        await asyncio.to_thread(writing.close, manifest)
        out.flush()
        os.fsync(out.fileno())
    return manifest


async def _dump(url: str, snapshot: str, dump: Path, server: int) -> None:
    pg_dump = await program("pg_dump", server)
    options = (
        "--format=custom",
        "--compress=none",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
    )
    await run(pg_dump, url, *options, f"--file={dump}")


def _add(writing: Writing, data: Path, dump: Path) -> None:
    writing.add(DUMP, dump)
    dump.unlink()
    for name in _kept(data):
        try:
            writing.add(name, data / name)
        except FileNotFoundError:  # swept meanwhile; `_missing` looks whether it was needed
            continue


def _kept(data: Path) -> Iterator[str]:
    for pattern in ("files/??/*", "files/erased.jsonl", "secrets/*"):
        for path in sorted(data.glob(pattern)):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(data).as_posix()


async def _missing(url: str, needed: set[str], members: set[str]) -> list[str]:
    """Files the snapshot names and the archive lacks, and that are still needed now: lost before we came."""
    lacking = [sha256 for sha256 in needed if f"files/{sha256[:2]}/{sha256[2:]}" not in members]
    if not lacking:
        return []
    connection = await asyncpg.connect(url)
    try:
        still = await sql.tuples(connection, "files_still_in_use", sha256s=lacking)
    finally:
        await connection.close()
    return sorted(sha256 for (sha256,) in still)


def _publish(making: Path, file: Path) -> None:
    os.link(making, file)  # unlike a rename, this never writes over a file that came meanwhile
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
