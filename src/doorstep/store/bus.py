"""The bus over PostgreSQL's LISTEN and NOTIFY, on a connection of its own.

Never inside a business transaction: there NOTIFY holds a database-wide lock over the WAL flush, and costs
five times the throughput. A wake-up may be lost; whoever listens also looks by itself now and then.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import structlog

from doorstep.store.database import AWAY

log = structlog.get_logger()

QUIET = 0.020
"""Seconds between two notifications to other nodes."""
CHANNEL = "doorstep"
PAUSE = 0.1
LONGEST_PAUSE = 5.0
"""Seconds before the next try to connect: twice as long after each that failed."""

Heard = Callable[[], None]


class LocalBus:
    """Wake-ups within one process."""

    def __init__(self) -> None:
        self._heard: dict[str, list[Heard]] = defaultdict(list)

    def wake(self, topic: str) -> None:
        """Call everyone who listens to the topic."""
        for heard in list(self._heard[topic]):
            heard()

    def listen(self, topic: str, heard: Heard) -> Callable[[], None]:
        """Call `heard` at each wake-up; returns how to stop."""
        self._heard[topic].append(heard)
        return lambda: self._heard[topic].remove(heard)


class PostgresBus(LocalBus):
    """Wake-ups here at once, and on other nodes of the same database within some 20 ms."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._asked: set[str] = set()
        self._wanted = asyncio.Event()
        self._pause = PAUSE

    def wake(self, topic: str) -> None:
        super().wake(topic)
        self._asked.add(topic)
        self._wanted.set()

    async def run(self) -> None:
        """Carry wake-ups to and from the other nodes, until cancelled, also past an outage."""
        while True:
            try:
                await self._carry()
            except AWAY as error:
                log.warning("bus.lost", error=str(error), again_in_s=self._pause)
                await asyncio.sleep(self._pause)
                self._pause = min(self._pause * 2, LONGEST_PAUSE)

    async def _carry(self) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute("set synchronous_commit = off")
            await connection.add_listener(CHANNEL, self._came)
            connection.add_termination_listener(lambda _: self._wanted.set())
            self._pause = PAUSE
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                await self._notify(connection)
                await asyncio.sleep(QUIET)
        finally:
            with suppress(*AWAY, TimeoutError):
                await connection.close(timeout=1)

    async def _notify(self, connection: Any) -> None:
        if connection.is_closed():
            raise ConnectionError("The connection was cut.")
        topics, self._asked = self._asked, set()
        for topic in topics:
            await connection.execute("select pg_notify($1, $2)", CHANNEL, topic)

    def _came(self, connection: Any, pid: int, channel: str, topic: object) -> None:
        if pid != connection.get_server_pid():
            super().wake(str(topic))


@asynccontextmanager
async def running_bus(url: str) -> AsyncIterator[PostgresBus]:
    """A bus that runs for the length of the block."""
    bus = PostgresBus(url)
    task = asyncio.create_task(bus.run())
    try:
        yield bus
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Bell:
    """Something to wait at: rung by a wake-up, or by its own patience."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let whoever waits go on."""
        self._rung.set()

    async def wait(self, patience: float) -> None:
        """Wait until rung, at most `patience` seconds; a ring while nobody waited counts."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._rung.wait()
        self._rung.clear()
