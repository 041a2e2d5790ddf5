"""Restore an archive into an empty folder, whole or not at all."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from doorstep.kernel import Misconfigured
from doorstep.store.backup.archive import unpack
from doorstep.store.backup.manifest import DUMP, Manifest
from doorstep.store.backup.programs import program, run
from doorstep.store.embedded import discard, embedded
from doorstep.store.migrate import series
from doorstep.store.queries import beside

sql = beside(__file__)


async def restore(
    file: Path,
    into: Path,
    url: str = "",
    progress: Callable[[str], None] = lambda _: None,
    then: Callable[[str, Path], Awaitable[None]] | None = None,
) -> Manifest:
    """Restore `file` into the data folder `into`, and into the database at `url`, or an embedded one.

    `then` is done with the database's URL and the folder of files, before anything else may look.

    Both must be empty. Everything is unpacked and compared with the manifest first; when anything fails, what
    was there before is there again: nothing. Raises `Invalid` for a broken archive, `Misconfigured` for a
    target that is not empty or an archive that is newer than this program.
    """
    made = _claim(into)
    stage = Path(tempfile.mkdtemp(prefix=".restoring-", dir=into))
    try:
        progress("Comparing the archive with its manifest …")
        manifest = await asyncio.to_thread(unpack, file, stage)
        _check(manifest)
        progress("Restoring the database …")
        await _put_in_place(stage, into, url, then)
    except BaseException:
        _clear(stage, into, made)
        raise
    return manifest


def _claim(into: Path) -> bool:
    """Make the folder; true when it was not there."""
    if not into.exists():
        into.mkdir(mode=0o700, parents=True)
        return True
    if not into.is_dir() or any(into.iterdir()):
        raise Misconfigured(f"{into} is not empty. A backup is restored into an empty folder only.")
    return False


def _check(manifest: Manifest) -> None:
    known = {migration.name for migration in series()}
    if newer := [name for name in manifest.migrations if name not in known]:
        raise Misconfigured(
            f"The backup was made by Doorstep {manifest.doorstep}, which is newer than this one: "
            f"it has run {', '.join(newer)}. Restore it with that version or a later one."
        )


async def _put_in_place(
    stage: Path, into: Path, url: str, then: Callable[[str, Path], Awaitable[None]] | None
) -> None:
    """What cannot be undone comes last: filling a database of somebody else's is one transaction."""
    dump = (stage / DUMP).rename(into / f".{DUMP}")
    if url:
        _move(stage, into)
        await _fill(url, dump)
        if then:
            await then(url, into / "files")
    else:
        async with embedded(stage) as server:
            await _fill(server.url, dump)
            if then:
                await then(server.url, stage / "files")
        _move(stage, into)
    dump.unlink()


def _move(stage: Path, into: Path) -> None:
    for part in sorted(stage.iterdir()):
        part.rename(into / part.name)
    stage.rmdir()


def _clear(stage: Path, into: Path, made: bool) -> None:
    """Take everything away again; the folder was empty when we came, so all in it is ours."""
    for folder in (stage, into):
        discard(folder)
    for part in into.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    if made:
        into.rmdir()


async def _fill(url: str, dump: Path) -> None:
    server = await _empty_server(url)
    pg_restore = await program("pg_restore", server)
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    await run(pg_restore, url, *options, str(dump))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("analyze")
    finally:
        await connection.close()


async def _empty_server(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        if await sql.value(connection, "tables"):
            raise Misconfigured(
                "The database has tables already. A backup is restored into an empty database only."
            )
        return int(await sql.value(connection, "server_version"))
    finally:
        await connection.close()
