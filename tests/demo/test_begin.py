"""The demo's first start: the company moves in, its customers write, and a start that was killed goes on."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from doorstep import channels as channel_room
from doorstep.app import House, running
from doorstep.demo.begin import begin, staff_with_passwords
from doorstep.demo.load import letters_to_come
from doorstep.demo.sink import sink
from doorstep.kernel import Listens, SystemClock
from doorstep.settings import Settings
from tests.parts import until

KEY = next(key for key, channel in channel_room.found().items() if isinstance(channel, Listens))
SCALE = 0.2


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """An empty house with its real door open."""
    settings = Settings(data=tmp_path, database_url=database_url, channels={KEY: {"port": 0}})
    async with running(settings) as opened:
        await staff_with_passwords(opened.db, tmp_path / "demo.json", SystemClock())
        yield opened


async def start(house: House, told: list[str]) -> None:
    """A start of the demo, up to where its pages open."""
    host, _, port = house.doors[KEY].rpartition(":")
    async with sink() as answers:
        await begin(house.db, KEY, (host, int(port)), answers, SystemClock(), told.append, SCALE)


async def value(house: House, statement: str) -> int:
    """A number, looked up past our own statements."""
    async with house.db.connection() as on:
        return int(await on.fetchval(statement))


OPEN = "select count(*) from conversation where state = 'open'"
TWICE = "select count(*) - count(distinct message_id) from interaction where message_id <> ''"


async def test_a_start_that_ended_while_customers_wrote_is_taken_up_again(house: House) -> None:
    said: list[str] = []
    first = asyncio.create_task(start(house, said))
    await until(lambda: value(house, f"select ({OPEN}) >= 10 and ({OPEN}) < 30"), within=60)
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
