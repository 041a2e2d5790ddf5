"""Migrations: numbered `.sql` files, forward only, each once, under a lock.

Expand, then contract: a release may add what the next needs, and drop only what the last no longer uses,
so that two neighbouring releases can run on one database. A table that somebody holds, as a backup does, is
tried again and again, each time for a second only: what comes after us would have to wait behind us.
"""

import asyncio
import hashlib
from pathlib import Path

import asyncpg
import msgspec
import structlog

from doorstep.kernel import Misconfigured
from doorstep.store.database import Connection, short_waits

log = structlog.get_logger()

FOLDER = Path(__file__).with_name("migrations")
OLDEST_SERVER = 15
PAUSE = 1.0
"""Seconds between two tries for a table that somebody holds."""
_LOCK = 0x0D00_57E9

_LEDGER = """create table if not exists migration (
  name text primary key, sha256 text not null, ran_at timestamptz not null default now())"""


class Migration(msgspec.Struct, frozen=True):
    """One file of the series."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        """What tells whether the file was changed after it ran."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def series(folder: Path = FOLDER) -> list[Migration]:
    """All migrations, in their order."""
    return [Migration(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("[0-9]*.sql"))]


async def migrate(url: str, until: int | None = None) -> list[str]:
    """Bring the database at `url` up to date (or to the first `until` migrations); returns what ran.

    Safe to call from any number of nodes at once. Raises `Misconfigured` for a server that is too old, a
    migration that was edited after it ran, or a database that is newer than this program.
    """
    connection = await asyncpg.connect(url)
    try:
        check_server(connection.get_server_version().major)
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        return await _run_missing(connection, series()[:until])
    finally:
        await connection.close()


def check_server(major: int) -> None:
    """Raises `Misconfigured` for a server that is too old."""
    if major < OLDEST_SERVER:
        raise Misconfigured(f"PostgreSQL {major} is too old: Doorstep needs {OLDEST_SERVER} or newer.")


async def _run_missing(on: Connection, migrations: list[Migration]) -> list[str]:
    await on.execute(_LEDGER)
    ran = {name: sha256 for name, sha256 in await on.fetch("select name, sha256 from migration")}
    if unknown := sorted(set(ran) - {m.name for m in series()}):
        raise Misconfigured(f"The database is newer than this program: it has run {', '.join(unknown)}.")
    fresh = []
    for migration in migrations:
        if migration.name not in ran:
            await _run(on, migration)
            fresh.append(migration.name)
        elif ran[migration.name] != migration.sha256:
            raise Misconfigured(
                f"Migration {migration.name} was changed after it ran. Write a new one instead."
            )
    return fresh


async def _run(on: Connection, migration: Migration) -> None:
    while not await _has_run(on, migration):
        log.warning("migration.blocked", migration=migration.name, retry_in=PAUSE)
        await asyncio.sleep(PAUSE)


async def _has_run(on: Connection, migration: Migration) -> bool:
    try:
        async with on.transaction(), short_waits(on):
            await on.execute(migration.text)
            await on.execute(
                "insert into migration (name, sha256) values ($1, $2)", migration.name, migration.sha256
            )
    except asyncpg.LockNotAvailableError:
        return False
    return True
