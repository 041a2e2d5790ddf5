"""The demo's first start: the company moves in, its customers write, and a start that was killed goes on."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from doorstep import channels as channel_room
from doorstep.app import House, running
from doorstep.demo.begin import begin, staff_with_passwords
from doorstep.demo.load import letters_to_come
from doorstep.demo.sink import sink
from doorstep.kernel import Listens, SystemClock
from doorstep.settings import Settings

KEY = next(key for key, channel in channel_room.found().items() if isinstance(channel, Listens))
SCALE = 0.2


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """An empty house with its real door open."""
    settings = Settings(data=tmp_path, database_url=database_url, channels={KEY: {"port": 0}})
    async with running(settings) as opened:
        await staff_with_passwords(opened.db, tmp_path / "demo.json", SystemClock())
        yield opened


def door_of(house: House) -> tuple[str, int]:
    """Where its customers write to."""
    host, _, port = house.doors[KEY].rpartition(":")
    return host, int(port)


async def start(house: House, told: list[str], door: tuple[str, int] | None = None) -> None:
    """A start of the demo, up to where its pages open."""
    async with sink() as answers:
        await begin(house.db, KEY, door or door_of(house), answers, SystemClock(), told.append, SCALE)


@asynccontextmanager
async def narrow(door: tuple[str, int], most: int) -> AsyncIterator[tuple[tuple[str, int], asyncio.Event]]:
    """A way to the door that lets so many in and holds who comes next; says when it does."""
    came, holds, over = count(1), asyncio.Event(), asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if next(came) > most:
            holds.set()
            await over.wait()
            writer.close()
            return
        behind_reader, behind_writer = await asyncio.open_connection(*door)
        await asyncio.gather(pipe(reader, behind_writer), pipe(behind_reader, writer))

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while some := await reader.read(65536):
            writer.write(some)
        writer.close()

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname(), holds
    finally:
        over.set()
        server.close()


async def value(house: House, statement: str) -> int:
    """A number, looked up past our own statements."""
    async with house.db.connection() as on:
        return int(await on.fetchval(statement))


OPEN = "select count(*) from conversation where state = 'open'"
TWICE = "select count(*) - count(distinct message_id) from interaction where message_id <> ''"


async def test_a_start_that_ended_while_customers_wrote_is_taken_up_again(house: House) -> None:
    said: list[str] = []
    async with narrow(door_of(house), 12) as (way, holds):
        first = asyncio.create_task(start(house, said, way))
        await holds.wait()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert await letters_to_come(house.db) is not None
    await start(house, said)
    assert await letters_to_come(house.db) is None
    written, again = [int(line.split()[0]) for line in said if "are writing" in line]
    assert 35 <= written == again == await value(house, OPEN)
    assert await value(house, TWICE) == 0
    assert (
        await value(house, "select count(*) from conversation where agent_id is not null and state = 'open'")
        > 9
    )


async def test_a_second_start_writes_nothing(house: House) -> None:
    said: list[str] = []
    await start(house, said)
    there = await value(house, "select count(*) from journal")
    await start(house, said)
    assert sum("are writing" in line for line in said) == 1
    assert await value(house, "select count(*) from journal") == there


SAME = """
import hashlib, random
from datetime import UTC, datetime
from doorstep.demo.company import company
from doorstep.demo.open_mails import open_mails
mails = open_mails(random.Random(3), company(datetime(2026, 11, 22, 14, tzinfo=UTC), scale=0.05))
print(hashlib.sha256(repr(mails).encode()).hexdigest())
"""


def test_the_same_moment_gives_the_same_mails_in_every_process() -> None:
    ran = [
        subprocess.run(
            [sys.executable, "-c", SAME],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert ran[0] == ran[1]
