"""What every test may use: a real PostgreSQL, and in it a fresh, migrated database."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from doorstep.store.database import Database, opened
from doorstep.store.embedded import discard, embedded
from doorstep.store.embedded.home import home_of
from doorstep.store.migrate import migrate
from tests.memory import SPACE, has_room, room
from tests.parts import Spine, spine_on

TEMPLATE = f"doorstep_template_{os.getpid()}"


def named(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="session")
async def server_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A PostgreSQL: the one of DOORSTEP_TEST_DATABASE_URL, or our own for the length of the tests."""
    if url := os.environ.get("DOORSTEP_TEST_DATABASE_URL"):
        yield url
        return
    data = Path(tmp_path_factory.mktemp("postgres"))
    try:
        with in_memory(data) as folder:
            async with embedded(data, fsync=False) as server:
                await _give_room(server.url, folder)
                yield server.url
    finally:
        discard(data)


@contextmanager
def in_memory(data: Path) -> Iterator[Path | None]:
    """A folder for databases, where there is memory for it."""
    if not has_room():
        yield None
        return
    home = home_of(data)
    with room(home.uid, home.gid) as folder:
        yield folder


async def _give_room(url: str, folder: Path | None) -> None:
    if folder:
        admin = await asyncpg.connect(url)
        await admin.execute(f"create tablespace {SPACE} location '{folder}'")
        await admin.close()


@pytest.fixture(scope="session")
async def template(server_url: str) -> AsyncIterator[str]:
    """A migrated database that the others are copied from."""
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"create database {TEMPLATE} {await where(admin)}")
    await migrate(named(server_url, TEMPLATE))
    yield TEMPLATE
    await admin.execute(f"drop database {TEMPLATE} with (force)")
    await admin.close()


@pytest.fixture
async def empty_url(server_url: str) -> AsyncIterator[str]:
    """The URL of an empty database, gone after the test."""
    async for url in created(server_url, "template0"):
        yield url


@pytest.fixture
async def database_url(server_url: str, template: str) -> AsyncIterator[str]:
    """The URL of a migrated database, gone after the test."""
    async for url in created(server_url, template):
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database, open."""
    async with opened(database_url) as db:
        yield db


@pytest.fixture
async def spine(database: Database, tmp_path: Path) -> Spine:
    """A spine with one inbox, on a database of its own."""
    return await spine_on(database, tmp_path)


async def where(admin: asyncpg.Connection) -> str:
    """Where a new database is to lie, and how it gets there, in SQL."""
    has_space = await admin.fetchval("select true from pg_tablespace where spcname = $1", SPACE)
    return f"tablespace {SPACE} strategy file_copy" if has_space else ""


async def created(server_url: str, template: str) -> AsyncIterator[str]:
    """The URL of a copy of a database, which is gone afterwards."""
    name = f"doorstep_{uuid4().hex}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"create database {name} template {template} {await where(admin)}")
    try:
        yield named(server_url, name)
    finally:
        await admin.execute(f"drop database {name} with (force)")
        await admin.close()
