"""The worker: claims a batch, takes it in, and finds the one that spoils it.

A batch that fails is rolled back and halved until the culprit stands alone; only it is charged a try, waits
with back-off, and after its last try lies in undelivered, whole and to be replayed. An outage of the
database charges nobody.
"""

import asyncio
import time
from collections import deque
from collections.abc import Collection, Sequence
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
from doorstep.spine.enter import Fenced
from doorstep.spine.handoff import Handoff
from doorstep.spine.inbound import prepare, take_in
from doorstep.spine.model import Claimed, Prepared
from doorstep.store import Database, beside
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY
from doorstep.store.jobs import back_off
from doorstep.store.reason import reason_of

sql = beside(__file__)
log = structlog.get_logger()

BATCH = 200
LARGE = 32 * 1024
"""Bytes of a signal from which it is read in a thread."""
READING = 2.0
"""Seconds that reading a batch may take; what is not read by then is free for the next."""
LINES = 4
"""So many batches a worker takes in side by side when there is much to do."""
CONNECTIONS = LINES
"""What a worker uses at most: each line claims or takes in."""
TRIES = 5
PATIENCE = 1.0
"""Seconds after which it looks though nobody woke it."""
REAP_EVERY = timedelta(seconds=2)

AGAIN = (Raced, asyncpg.UniqueViolationError, asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
"""Two were at the same thing at once: done again, it works."""
RACES = 3


class Batch(msgspec.Struct, frozen=True):
    """What could be read of a claim, in its order; when it is full there is likely more to claim."""

    taken: int
    is_full: bool
    prepared: list[Prepared]


class Worker:
    """One worker of the spine. Any number may run, in any number of processes."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        handoff: Handoff | None = None,
        batch: int = BATCH,
        tries: int = TRIES,
        looking: Collection[str] = (),
    ) -> None:
        self.owner = new_id()
        self._db = db
        self._bus = bus
        self._handoff = handoff or Handoff()
        self._batch = batch
        self._tries = tries
        self._looking = looking
        self._given: deque[Claimed] = deque()
        self._bell = Bell()
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
        async with self._db.connection() as on:
            await sql.run(on, "let_go", owner=self.owner)
        self._is_unsure = False

    async def _rest(self) -> None:
        self._handoff.rest(self.owner, self.take)
        await self._bell.wait(PATIENCE)
        self._handoff.rise(self.owner)

    def take(self, claimed: Sequence[Claimed]) -> None:
        self._given.extend(claimed)
        self._bell.ring()

    async def work(self) -> int:
        """Take in a batch, and under load the next ones beside it; returns how many signals were taken up."""
        batch = await self._next()
        if batch is None:
            return 0
        if not batch.is_full:
            return await self._take_up(batch)
        lines = [self._line(batch), *(self._line(None) for _ in range(LINES - 1))]
        taken = await asyncio.gather(*lines, return_exceptions=True)
        for failure in taken:
            if isinstance(failure, BaseException):
                raise failure
        return sum(n for n in taken if isinstance(n, int))

    async def _line(self, batch: Batch | None) -> int:
        # While the database is busy with one batch, we are with another; their lanes are never the same.
        done = 0
        try:
            while batch := batch or await self._next():
                done += await self._take_up(batch)
                if not batch.is_full or self._is_unsure:
                    break
                batch = None
        except BaseException:
            self._is_unsure = True
            raise
        return done

    async def _next(self) -> Batch | None:
        return await self._from_hand() or await self._from_table()

    async def _take_up(self, batch: Batch) -> int:
        await self._halve(batch.prepared)
        self._bus.wake(OUTBOX)
        return batch.taken

    async def _from_hand(self) -> Batch | None:
        given = [self._given.popleft() for _ in range(min(len(self._given), self._batch))]
        return await self._prepared(given)

    async def _from_table(self) -> Batch | None:
        if datetime.now(UTC) - self._reaped_at > REAP_EVERY:
            self._reaped_at = datetime.now(UTC)
            await reap(self._db)
        return await self._prepared(await claim(self._db, self.owner, self._batch))

    async def _prepared(self, claimed: Sequence[Claimed]) -> Batch | None:
        if not claimed:
            return None
        prepared, began, taken = [], time.monotonic(), 0
        for one in claimed:
            if one.signal is None or time.monotonic() - began > READING:
                await self._give_back([late.id for late in claimed[taken:]])
                break
            taken += 1
            try:
                prepared.append(await _read(one, one.signal))
            except Exception as error:
                await self._charge(one, error)
        is_full = len(claimed) == self._batch
        return Batch(taken, is_full, sorted(prepared, key=lambda p: p.claimed.id))

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
                    await take_in(on, batch, self.owner, self._looking)
                return
            except AGAIN:
                if race == RACES - 1:
                    raise

    async def _give_back(self, ids: Sequence[UUID]) -> None:
        async with self._db.connection() as on:
            await sql.run(on, "give_back", ids=ids, owner=self.owner)

    async def _charge(self, claimed: Claimed, error: Exception) -> None:
        reason, signal_id = reason_of(error), str(claimed.signal_id)
        log.warning("signal.failed", signal_id=signal_id, tries=claimed.tries + 1, error=reason)
        log.debug("signal.failed.in_full", signal_id=signal_id, exc_info=error)
        async with self._db.connection() as on:
            if claimed.tries + 1 < self._tries:
                due_at = datetime.now(UTC) + back_off(claimed.tries + 1)
                await sql.run(on, "try_later", id=claimed.id, owner=self.owner, due_at=due_at)
            else:
                await sql.run(on, "give_up", id=claimed.id, owner=self.owner, error=reason)


async def _read(claimed: Claimed, signal: bytes) -> Prepared:
    # What is large is cleaned in a thread, so that screens, leases and doors need not wait for it.
    if len(signal) > LARGE:
        return await asyncio.to_thread(prepare, claimed, signal)
    return prepare(claimed, signal)


async def drain(worker: Worker) -> int:
    """Work until nothing is due; returns how many signals were taken up."""
    done = 0
    while n := await worker.work():
        done += n
    return done
