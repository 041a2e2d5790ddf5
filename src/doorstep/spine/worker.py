"""The worker: claims a batch, takes it in, and finds the one that spoils it.

A batch that fails is rolled back and halved until the culprit stands alone; only it is charged a try, waits
with back-off, and after its last try lies in undelivered, whole and to be replayed. An outage of the
database charges nobody.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec
import structlog

from doorstep.customers import Raced
from doorstep.kernel import Bus, new_id
from doorstep.kernel.bus import OUTBOX, SIGNALS
from doorstep.spine.claim import claim, reap
from doorstep.spine.handoff import Handoff
from doorstep.spine.inbound import Fenced, Prepared, prepare, take_in
from doorstep.spine.model import Claimed
from doorstep.store import Database, beside
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY
from doorstep.store.jobs import back_off, storable

sql = beside(__file__)
log = structlog.get_logger()

BATCH = 100
LARGE = 32 * 1024
"""Bytes of a signal from which it is read in a thread."""
READING = 2.0
"""Seconds that reading a batch may take; what is not read by then is free for the next."""
CONNECTIONS = 3
"""What a worker uses at most: for two batches, and for claiming the next."""
TRIES = 5
PATIENCE = 1.0
"""Seconds after which it looks though nobody woke it."""
REAP_EVERY = timedelta(seconds=2)

AGAIN = (Raced, asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""Two were at the same thing at once: done again, it works."""
RACES = 3


class Batch(msgspec.Struct, frozen=True):
    """So many were taken up; these could be read, in their order."""

    taken: int
    prepared: list[Prepared]


class Worker:
    """One worker of the spine. Any number may run, in any number of processes."""

    def __init__(
        self, db: Database, bus: Bus, handoff: Handoff | None = None, batch: int = BATCH, tries: int = TRIES
    ) -> None:
        self.owner = new_id()
        self._db = db
        self._bus = bus
        self._handoff = handoff or Handoff()
        self._batch = batch
        self._tries = tries
        self._given: deque[Claimed] = deque()
        self._bell = Bell()
        self._ahead: asyncio.Task[Batch | None] | None = None
        self._is_unsure = False
        self._reaped_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Work until cancelled."""
        forget = self._bus.listen(SIGNALS, self._bell.ring)
        try:
            while True:
                if not await self._patiently():
                    await self._rest()
        finally:
            forget()
            self._handoff.rise(self.owner)
            with suppress(*AWAY):
                await self._let_go()

    async def _patiently(self) -> int:
        try:
            if self._is_unsure:
                await self._let_go()
            return await self.work()
        except AWAY as error:
            log.warning("spine.database_away", error=str(error))
            self._is_unsure = True
            await asyncio.sleep(0.5)
            return 0

    async def _let_go(self) -> None:
        # What was committed is gone from the table; the rest is free again, and nobody is charged.
        self._given.clear()
        await self._fetched_ahead()
        async with self._db.connection() as on:
            await sql.run(on, "let_go", owner=self.owner)
        self._is_unsure = False

    async def _rest(self) -> None:
        self._handoff.rest(self.owner, self._take)
        await self._bell.wait(PATIENCE)
        self._handoff.rise(self.owner)

    def _take(self, claimed: Sequence[Claimed]) -> None:
        self._given.extend(claimed)
        self._bell.ring()

    async def work(self) -> int:
        """Take in a batch, and under load the next one beside it; returns how many signals were taken up."""
        batch = await self._from_hand() or await self._fetched_ahead() or await self._from_table()
        if batch is None:
            return 0
        if batch.taken < self._batch:
            return await self._take_up(batch)
        taken = await asyncio.gather(self._take_up(batch), self._beside(), return_exceptions=True)
        for failure in taken:
            if isinstance(failure, BaseException):
                raise failure
        return sum(n for n in taken if isinstance(n, int))

    async def _beside(self) -> int:
        # While the database is busy with one batch, we are with the other; their lanes are never the same.
        batch = await self._claim()
        if batch is None:
            return 0
        if batch.taken == self._batch:
            self._ahead = asyncio.create_task(self._claim())
        return await self._take_up(batch)

    async def _take_up(self, batch: Batch) -> int:
        await self._halve(batch.prepared)
        self._bus.wake(OUTBOX)
        return batch.taken

    async def _from_hand(self) -> Batch | None:
        given = [self._given.popleft() for _ in range(min(len(self._given), self._batch))]
        return await self._prepared(given)

    async def _fetched_ahead(self) -> Batch | None:
        ahead, self._ahead = self._ahead, None
        return await ahead if ahead else None

    async def _from_table(self) -> Batch | None:
        if datetime.now(UTC) - self._reaped_at > REAP_EVERY:
            await reap(self._db)
            self._reaped_at = datetime.now(UTC)
        return await self._claim()

    async def _claim(self) -> Batch | None:
        return await self._prepared(await claim(self._db, self.owner, self._batch))

    async def _prepared(self, claimed: Sequence[Claimed]) -> Batch | None:
        if not claimed:
            return None
        prepared, began = [], time.monotonic()
        for number, one in enumerate(claimed, 1):
            try:
                prepared.append(await _read(one))
            except Exception as error:
                await self._charge(one, error)
            if time.monotonic() - began > READING:
                await self._give_back([late.id for late in claimed[number:]])
                break
        return Batch(number, sorted(prepared, key=lambda p: p.claimed.id))

    async def _halve(self, batch: Sequence[Prepared]) -> None:
        if not batch:
            return
        try:
            await self._commit(batch)
        except AWAY:
            raise
        except Fenced:
            log.warning("spine.fenced", signals=len(batch))
            await self._give_back([p.claimed.id for p in batch])
        except Exception as error:
            if len(batch) == 1:
                await self._charge(batch[0].claimed, error)
                return
            middle = len(batch) // 2
            await self._halve(batch[:middle])
            await self._halve(batch[middle:])

    async def _commit(self, batch: Sequence[Prepared]) -> None:
        for race in range(RACES):
            try:
                async with self._db.probes.acquire() as on, on.transaction():
                    await take_in(on, batch, self.owner)
                return
            except AGAIN:
                if race == RACES - 1:
                    raise

    async def _give_back(self, ids: Sequence[UUID]) -> None:
        async with self._db.connection() as on:
            await sql.run(on, "give_back", ids=ids, owner=self.owner)

    async def _charge(self, claimed: Claimed, error: Exception) -> None:
        reason = storable(f"{type(error).__name__}: {error}"[:2000])
        log.warning("signal.failed", signal_id=str(claimed.signal_id), tries=claimed.tries + 1, error=reason)
        async with self._db.connection() as on:
            if claimed.tries + 1 < self._tries:
                due_at = datetime.now(UTC) + back_off(claimed.tries + 1)
                await sql.run(on, "try_later", id=claimed.id, owner=self.owner, due_at=due_at)
            else:
                await sql.run(on, "give_up", id=claimed.id, owner=self.owner, error=reason)


async def _read(claimed: Claimed) -> Prepared:
    # What is large is cleaned in a thread, so that screens, leases and doors need not wait for it.
    if len(claimed.signal) > LARGE:
        return await asyncio.to_thread(prepare, claimed)
    return prepare(claimed)


async def drain(worker: Worker) -> int:
    """Work until nothing is due; returns how many signals were taken up."""
    done = 0
    while n := await worker.work():
        done += n
    return done
