"""Jobs: what is slow, or due later. At least once, retried with back-off, and the dead are kept.

A job is a row; a claim is its owner and until; a worker that dies leaves a claim that runs out. Doing a
thing twice must therefore be harmless for whatever a job does. Timers are jobs with a later `due_at`.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from doorstep.kernel import Bus, Clock, SystemClock, new_id
from doorstep.kernel.bus import JOBS
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY, Connection, Database
from doorstep.store.queries import beside

sql = beside(__file__)
log = structlog.get_logger()

CLAIM = timedelta(seconds=15)
TRIES = 8
PATIENCE = 1.0
KILLER = "The worker died each time it took this up."


class Job(msgspec.Struct, frozen=True):
    """A claimed job."""

    id: UUID
    kind: str
    payload: bytes
    tries: int


Handler = Callable[[Job], Awaitable[None]]


class DeadJob(msgspec.Struct, frozen=True):
    """A job that failed at every try, and waits for somebody to look."""

    id: UUID
    kind: str
    tries: int
    created_at: datetime
    died_at: datetime
    error: str


class Later(Exception):
    """The thing cannot be done yet; `after` says when to try again. Not a failure: it costs no try."""

    def __init__(self, after: timedelta) -> None:
        self.after = after
        super().__init__(f"again in {after}")


async def add(
    tx: Connection, kind: str, payload: object, due_at: datetime | None = None, key: str | None = None
) -> UUID:
    """Put a job in, within `tx`.

    With a `key`, one such job of its kind waits at a time; given while that job runs, it is done once more.
    """
    job_id = new_id()
    await sql.run(
        tx,
        "add_job",
        id=job_id,
        kind=kind,
        key=key,
        payload=msgspec.json.encode(payload),
        due_at=due_at or datetime.now(UTC),
    )
    return job_id


async def cancel(tx: Connection, kind: str, key: str) -> bool:
    """Take a waiting job out, within `tx`; False when it has begun, or never was."""
    return bool(await sql.run(tx, "cancel_job", kind=kind, key=key))


async def revive(tx: Connection, job_id: UUID) -> bool:
    """Give a dead job its tries back."""
    return bool(await sql.run(tx, "revive_job", id=job_id))


async def dead(on: Connection, most: int = 100) -> list[DeadJob]:
    """The jobs that failed for good, newest first."""
    return await sql.rows(on, "dead_jobs", DeadJob, most=most)


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: 1 s, 4 s, 16 s … to an hour, with a fifth of play."""
    return timedelta(seconds=min(4.0 ** (tries - 1), 3600.0) * random.uniform(0.9, 1.1))


def storable(text: str) -> str:
    """What somebody else said, without the characters that the database does not take."""
    return text.replace("\0", "").encode(errors="replace").decode()


class JobWorker:
    """Does jobs, several at a time, until cancelled."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        handlers: Mapping[str, Handler],
        at_once: int = 8,
        clock: Clock | None = None,
        claim: timedelta = CLAIM,
        tries: int = TRIES,
    ) -> None:
        self._db = db
        self._handlers = dict(handlers)
        self._bell = Bell()
        bus.listen(JOBS, self._bell.ring)
        self._at_once = at_once
        self._clock = clock or SystemClock()
        self._claim = claim
        self._tries = tries
        self._owner = new_id()
        self._busy: dict[UUID, asyncio.Task[None]] = {}

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
        kinds = list(self._handlers)
        async with self._db.connection() as on:
            for job in await sql.rows(
                on, "claim_jobs", Job, owner=self._owner, length=self._claim, kinds=kinds, most=free,
                now=self._clock.now(), busy=list(self._busy),
            ):  # fmt: skip
                self._busy[job.id] = asyncio.create_task(self._do(job))
            due = await sql.value(on, "next_due", kinds=kinds)
        if due is None:
            return PATIENCE
        return min(max(float((due - self._clock.now()).total_seconds()), 0.0), PATIENCE)

    async def _do(self, job: Job) -> None:
        try:
            if job.tries > self._tries:
                await self._settle("bury_job", job, error=KILLER)
                return
            await self._handlers[job.kind](job)
            await self._settle("finish_job", job)
        except Later as later:
            await self._settle("retry_job", job, due_at=self._clock.now() + later.after, tries=job.tries - 1)
        except Exception as error:
            await self._failed(job, error)
        finally:
            self._busy.pop(job.id, None)
            self._bell.ring()

    async def _failed(self, job: Job, error: Exception) -> None:
        reason = storable(f"{type(error).__name__}: {error}")
        log.warning("job.failed", kind=job.kind, job_id=str(job.id), tries=job.tries, error=reason)
        if job.tries >= self._tries:
            await self._settle("bury_job", job, error=reason)
        else:
            due_at = self._clock.now() + back_off(job.tries)
            await self._settle("retry_job", job, due_at=due_at, tries=job.tries)

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
