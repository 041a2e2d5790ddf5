"""Move in: list an archive, bring it into order, and hand it in, batch by batch, behind the daily work.

Each batch is committed with how far we are, so a process that dies goes on where it was, and each message is
taken once.
"""

import asyncio
import shutil
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from doorstep.conversations import our_addresses
from doorstep.kernel import (
    Archives,
    Arrival,
    Channel,
    Inbox,
    Invalid,
    Overloaded,
    Parsed,
    Priority,
)
from doorstep.spine.edge import Fence, SpineEdge
from doorstep.spine.moving.keep import Stopped, advance, begin, sql
from doorstep.spine.moving.model import Counts, House, Planned, Run
from doorstep.spine.moving.order import fingerprint, in_order
from doorstep.spine.moving.past import Read, Reader, batch_from
from doorstep.store import Connection, Database

AHEAD = 2000
"""So many of the past may wait at a time: all others come before them, and the house is not full of them."""
PAUSE = 0.2
"""Seconds to wait where there is no room."""


class Progress(msgspec.Struct, frozen=True):
    """How far one is."""

    place: int
    total: int
    counts: Counts


Tell = Callable[[Progress], None]


def archives_of(channel: Channel) -> Archives:
    """A channel as one whose messages are kept in files. Raises `Invalid`."""
    if not isinstance(channel, Archives):
        raise Invalid(f"{channel.label} keeps no messages in files that could be moved in.")
    return channel


async def reader_for(db: Database, channel: Channel, inbox: Inbox, ours: Sequence[str]) -> Reader:
    """What reads for this inbox. `ours`: addresses that we wrote from, besides those of our inboxes."""
    async with db.connection() as on:
        known = await our_addresses(on)
    return Reader(
        archives_of(channel), channel, inbox, frozenset({*known, *(a.strip().lower() for a in ours)})
    )


async def listed(
    reader: Reader, paths: Sequence[str], house: House, folder: Path, now: datetime
) -> list[Planned]:
    """Everything in these files, in order. Raises `Invalid`."""
    stop = threading.Event()

    def work() -> list[Planned]:
        found = reader.archives.kept([Path(p) for p in paths], folder / "unpacked", house.bounds, now)
        return in_order(one for one in found if not _is_over(stop))

    try:
        return await asyncio.to_thread(work)
    except asyncio.CancelledError:
        stop.set()
        raise


def _is_over(stop: threading.Event) -> bool:
    if stop.is_set():
        raise Stopped
    return False


class Mover:
    """Takes one import over, in the name of a lease."""

    def __init__(self, db: Database, edge: SpineEdge, run: Run, fence: Fence, tell: Tell) -> None:
        self._db, self._edge, self._run, self._fence, self._tell = db, edge, run, fence, tell
        self.counts = Counts()

    async def move(self, reader: Reader, planned: Sequence[Planned]) -> Counts:
        """Take all that is not taken yet. Raises `Stopped` when it was cancelled, `LeaseLost`."""
        async with self._db.transaction() as tx:
            place = await begin(tx, self._run.id, len(planned), fingerprint(planned))
        self._tell(Progress(place, len(planned), self.counts))
        while batch := batch_from(planned, place):
            await self._hand_in(await asyncio.to_thread(reader.read_all, batch), place)
            place += len(batch)
            self._tell(Progress(place, len(planned), self.counts))
        return self.counts

    async def _hand_in(self, read: Sequence[Read], place: int) -> None:
        found = [one.parsed for one in read if one.parsed]
        arrivals = [await self._arrival(parsed) for parsed in found]
        counts = Counts()

        async def also(tx: Connection, fresh: Sequence[bool]) -> None:
            nonlocal counts
            counts = await advance(tx, self._run.id, place, read, fresh)

        while True:
            await self._room()
            try:
                await self._edge.accept(arrivals, fence=self._fence, also=also)
            except Overloaded:
                await asyncio.sleep(PAUSE)
            else:
                self.counts += counts
                return

    async def _arrival(self, parsed: Parsed) -> Arrival:
        for content in parsed.files.values():
            await self._edge.files.keep(content)
        return parsed.arrival

    async def _room(self) -> None:
        """Wait until the house has room, and most of what went before is filed."""
        while True:
            if not self._edge.is_full and await still_to_file(self._db) < AHEAD:
                return
            await asyncio.sleep(PAUSE)


async def still_to_file(db: Database) -> int:
    """How much of the past is accepted and not yet filed; `AHEAD` at most."""
    async with db.connection() as on:
        return int(await sql.value(on, "bulk_left", priority=Priority.BULK, most=AHEAD))


async def look_through(
    db: Database, reader: Reader, planned: Sequence[Planned], tell: Tell
) -> tuple[Counts, list[Read]]:
    """What would be taken, without taking it; and what would be refused."""
    counts, refused, place = Counts(), list[Read](), 0
    seen: set[str] = set()
    while batch := batch_from(planned, place):
        read = await asyncio.to_thread(reader.read_all, batch)
        names = [one.parsed.arrival.signal.external_id for one in read if one.parsed]
        async with db.connection() as on:
            rows = await sql.tuples(on, "already_here", inbox_id=reader.inbox.id, external_ids=names)
        seen.update(row[0] for row in rows)
        fresh = [name not in seen and not seen.add(name) for name in names]  # type: ignore[func-returns-value]
        wrong = [one for one in read if not one.parsed]
        counts += Counts(sum(fresh), len(fresh) - sum(fresh), len(wrong))
        refused += wrong
        place += len(batch)
        tell(Progress(place, len(planned), counts))
    return counts, refused


async def clear(folder: Path) -> None:
    """Remove what lay there for an import that has ended."""
    await asyncio.to_thread(shutil.rmtree, folder, True)
