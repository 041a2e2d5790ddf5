"""Jobs: what is slow, or due later. At least once, retried with back-off, and the dead are kept.

A job is a row; a claim is its owner and until; a worker that dies leaves a claim that runs out. Doing a
thing twice must therefore be harmless for whatever a job does. Timers are jobs with a later `due_at`. Jobs of
one *lane* go the same way out: a worker does a few of them at once, so a way that is shut stops no other.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from doorstep.kernel import Bus, Clock, SystemClock, new_id
from doorstep.kernel.bus import JOBS, OUTBOX
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY, Connection, Database
from doorstep.store.queries import beside
from doorstep.store.reason import reason_of

sql = beside(__file__)
log = structlog.get_logger()

CLAIM = timedelta(seconds=15)
TRIES = 8
AT_ONCE = 16
PATIENCE = 1.0
KILLER = "The worker died each time it took this up."


class Job(msgspec.Struct, frozen=True):
    """A claimed job."""

    id: UUID
    kind: str
    payload: bytes
    tries: int
    lane: str = ""


Handler = Callable[[Job], Awaitable[None]]
Burial = Callable[[Connection, Job, str], Awaitable[None]]
"""Tells, in the transaction that takes a dead job away, what it was about; its reason is fit to be shown."""


class Later(Exception):
    """The thing cannot be done yet; `after` says when to try again. Not a failure: it costs no try."""

    def __init__(self, after: timedelta) -> None:
        self.after = after
        super().__init__(f"again in {after}")


async def add(
    tx: Connection,
    kind: str,
    payload: object,
    due_at: datetime | None = None,
    key: str | None = None,
    lane: str = "",
) -> UUID:
    """Put a job in, within `tx`.

    With a `key`, one such job of its kind waits at a time; given while that job runs, it is done once more.
    Of a `lane`, a worker does `a_lane` at once at most.
    """
    job_id = new_id()
    await sql.run(
        tx,
        "add_job",
        id=job_id,
        kind=kind,
        key=key,
        lane=lane,
        payload=msgspec.json.encode(payload),
        due_at=due_at or datetime.now(UTC),
    )
    return job_id


async def cancel(tx: Connection, kind: str, key: str) -> bool:
    """Take a waiting job out, within `tx`; False when it has begun, or never was."""
    return bool(await sql.run(tx, "cancel_job", kind=kind, key=key))


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 1 s, 4 s, 16 s … to an hour, with a fifth of play."""
    return timedelta(seconds=min(4.0 ** (tries - 1), 3600.0) * random.uniform(0.9, 1.1))


class JobWorker:
    """Does jobs, several at a time and of a lane a quarter of them, until cancelled.

    A job that dies is kept, unless `burials` tells of its kind what became of it.
    """

    def __init__(
        self,
        db: Database,
        bus: Bus,
        handlers: Mapping[str, Handler],
        burials: Mapping[str, Burial] | None = None,
        at_once: int = AT_ONCE,
        clock: Clock | None = None,
        claim: timedelta = CLAIM,
        tries: int = TRIES,
    ) -> None:
        self._db = db
        self._handlers = dict(handlers)
        self._burials = dict(burials or {})
        self._bus = bus
        self._bell = Bell()
        bus.listen(JOBS, self._bell.ring)
        self._at_once = at_once
        self._a_lane = max(1, at_once // 4)
        self._clock = clock or SystemClock()
        self._claim = claim
        self._tries = tries
        self._owner = new_id()
        self._busy: dict[UUID, asyncio.Task[None]] = {}
        self._lanes: Counter[str] = Counter()

    async def run(self) -> None:
        """Do what is due as it falls due."""
        beat = asyncio.create_task(self._keep_claims())
        try:
            while True:
                await self._bell.wait(await self._round())
        finally:
            beat.cancel()
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(beat, *self._busy.values(), return_exceptions=True)

    async def _round(self) -> float:
        try:
            return await self._start_due()
        except AWAY as error:
            log.warning("jobs.database_away", error=str(error))
            return PATIENCE

    async def _start_due(self) -> float:
        free = self._at_once - len(self._busy)
        if free <= 0:
            return PATIENCE
        kinds, lanes = list(self._handlers), +self._lanes
        async with self._db.connection() as on:
            for job in await sql.rows(
                on, "claim_jobs", Job, owner=self._owner, length=self._claim, kinds=kinds, most=free,
                now=self._clock.now(), busy=list(self._busy), lanes=list(lanes), counts=list(lanes.values()),
                a_lane=self._a_lane,
            ):  # fmt: skip
                self._lanes[job.lane] += 1
                self._busy[job.id] = asyncio.create_task(self._do(job))
            full = [lane for lane, n in self._lanes.items() if lane and n >= self._a_lane]
            due = await sql.value(on, "next_due", kinds=kinds, full=full)
        if due is None:
            return PATIENCE
        return min(max(float((due - self._clock.now()).total_seconds()), 0.0), PATIENCE)

    async def _do(self, job: Job) -> None:
        try:
            if job.tries > self._tries:
                await self._bury(job, KILLER)
                return
            await self._handlers[job.kind](job)
            await self._settle("finish_job", job)
        except Later as later:
            await self._settle("retry_job", job, due_at=self._clock.now() + later.after, tries=job.tries - 1)
        except Exception as error:
            await self._failed(job, error)
        finally:
            self._busy.pop(job.id, None)
            self._lanes[job.lane] -= 1
            self._bell.ring()

    async def _failed(self, job: Job, error: Exception) -> None:
        reason = reason_of(error)
        log.warning("job.failed", kind=job.kind, job_id=str(job.id), tries=job.tries, error=reason)
        log.debug("job.failed.in_full", job_id=str(job.id), exc_info=error)
        if job.tries >= self._tries:
            await self._bury(job, reason)
        else:
            due_at = self._clock.now() + back_off(job.tries)
            await self._settle("retry_job", job, due_at=due_at, tries=job.tries)

    async def _bury(self, job: Job, reason: str) -> None:
        if burial := self._burials.get(job.kind):
            try:
                await self._tell_of(burial, job, reason)
                return
            except AWAY as away:
                log.warning("job.unsettled", kind=job.kind, job_id=str(job.id), error=type(away).__name__)
                return
            except Exception as error:
                log.warning("job.untold", kind=job.kind, job_id=str(job.id), error=reason_of(error))
        await self._settle("bury_job", job, error=reason)

    async def _tell_of(self, burial: Burial, job: Job, reason: str) -> None:
        async with self._db.transaction() as tx:
            if await sql.run(tx, "finish_job", id=job.id, owner=self._owner):
                await burial(tx, job, reason)
        self._bus.wake(OUTBOX)

    async def _settle(self, verb: str, job: Job, **values: object) -> None:
        # When the database is away the claim runs out and the job is done again: at least once.
        try:
            async with self._db.connection() as on:
                await sql.run(on, verb, id=job.id, owner=self._owner, **values)
        except AWAY as away:
            log.warning("job.unsettled", kind=job.kind, job_id=str(job.id), error=str(away))

    async def _keep_claims(self) -> None:
        while True:
            await asyncio.sleep(self._claim.total_seconds() / 3)
            with suppress(*AWAY):
                async with self._db.connection() as on:
                    await sql.run(
                        on, "keep_jobs", owner=self._owner, ids=list(self._busy), length=self._claim
                    )
