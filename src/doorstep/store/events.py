"""Reading events, by number. One follower a process reads each new event once and hands it to all."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from doorstep.kernel import Bus
from doorstep.kernel.bus import EVENTS
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY, Connection, Database
from doorstep.store.queries import beside

sql = beside(__file__)
log = structlog.get_logger()

PAGE = 1000
KEPT = 10_000
PATIENCE = 1.0


class Event(msgspec.Struct, frozen=True):
    """Something that happened: ids, never content."""

    seq: int
    at: datetime
    kind: str
    customer_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    actor_id: UUID | None
    data: str


async def last_seq(on: Connection) -> int:
    """The number of the newest event; 0 before the first."""
    return int(await sql.value(on, "last_seq"))


async def events_after(on: Connection, seq: int, most: int = PAGE) -> list[Event]:
    """The next events after `seq`, in order."""
    return await sql.rows(on, "events_after", Event, after=seq, most=most)


async def is_gone(on: Connection, seq: int) -> bool:
    """Whether events right after `seq` have been let go, so that a reader must begin anew."""
    oldest = await sql.value(on, "oldest_seq")
    if oldest is None:
        return seq < await last_seq(on)
    return bool(seq + 1 < oldest)


class Follower:
    """Reads new events once for this process and hands them to every listener."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bell = Bell()
        self._forget = bus.listen(EVENTS, self._bell.ring)
        self._heard: set[Callable[[Event], None]] = set()
        self._recent: deque[Event] = deque(maxlen=KEPT)
        self.seq = 0

    async def start(self) -> None:
        """Begin at the present."""
        async with self._db.connection() as on:
            self.seq = await last_seq(on)

    async def run(self) -> None:
        """Read until cancelled; the database may go away and come back."""
        while True:
            try:
                if not await self._read():
                    await self._bell.wait(PATIENCE)
            except AWAY as error:
                log.warning("follower.database_away", error=str(error))
                await asyncio.sleep(0.5)

    async def _read(self) -> int:
        async with self._db.connection() as on:
            events = await events_after(on, self.seq)
        for event in events:
            self.seq = event.seq
            self._recent.append(event)
            for heard in list(self._heard):
                heard(event)
        return len(events)

    def follow(self, heard: Callable[[Event], None]) -> Callable[[], None]:
        """Call `heard` with each event from now on; returns how to stop."""
        self._heard.add(heard)
        return lambda: self._heard.discard(heard)

    async def since(self, seq: int) -> AsyncIterator[Event]:
        """The events after `seq` up to the present of this follower, from memory when it goes back so far."""
        if self._recent and self._recent[0].seq <= seq + 1:
            for event in list(self._recent):
                if event.seq > seq:
                    yield event
            return
        while seq < self.seq:
            async with self._db.connection() as on:
                page = await events_after(on, seq)
            for event in page:
                if event.seq > self.seq:
                    return
                seq = event.seq
                yield event
            if not page:
                return
