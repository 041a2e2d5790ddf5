"""What the verbs work on: the settings and the database they name."""

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import msgspec

from doorstep.kernel import Misconfigured
from doorstep.settings import Settings, read_settings

if TYPE_CHECKING:
    from doorstep.store import Database


def settings_of(asked: argparse.Namespace) -> Settings:
    """The settings of `--config` and the environment; `--data` goes before both."""
    settings = read_settings(asked.config)
    return settings if asked.data is None else msgspec.structs.replace(settings, data=asked.data)


@asynccontextmanager
async def url_of(settings: Settings) -> AsyncIterator[str]:
    """The database's address; an embedded one is started if no Doorstep runs on it."""
    from doorstep.store.embedded import reached

    if settings.database_url:
        await knock(settings.database_url)
        yield settings.database_url
        return
    async with reached(settings.data, say) as server:
        yield server.url


async def knock(url: str) -> None:
    """Is there a database? Raises `Misconfigured` with what its server, or the network, says."""
    import asyncpg

    try:
        await (await asyncpg.connect(url, timeout=30)).close()
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Misconfigured(f"The database cannot be reached: {error or type(error).__name__}.") from error


@asynccontextmanager
async def database_of(asked: argparse.Namespace) -> "AsyncIterator[Database]":
    """The database, up to date and open."""
    from doorstep.store import opened
    from doorstep.store.migrate import migrate as bring_up_to_date

    async with url_of(settings_of(asked)) as url:
        await bring_up_to_date(url)
        async with opened(url) as db:
            yield db


def say(line: str) -> None:
    """Say how far we are, beside what we were asked for."""
    print(line, file=sys.stderr, flush=True)
