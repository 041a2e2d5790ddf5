"""The edge's port, filled: journal, then acknowledge. When `accept` returns, the signals are durable."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import msgspec

from doorstep.kernel import (
    Accepted,
    Arrival,
    Bus,
    Checkpoint,
    Files,
    Inbox,
    NotFound,
    Overloaded,
    Reading,
    Renewed,
    Signal,
    made_at,
    new_id,
)
from doorstep.kernel.bus import SIGNALS
from doorstep.spine.handoff import Handoff, Promise
from doorstep.spine.model import Claimed
from doorstep.spine.seal import masked_reading, masked_signal
from doorstep.store import Connection, Database, beside, leases, use_files
from doorstep.store.erased import Erased, erased_names

sql = beside(__file__)

INLINE = 64 * 1024
"""Bytes of raw beyond which it goes to a file."""

RENEWALS = 2
"""Secrets renewed at the same time: each asks somebody elsewhere, and has a connection for so long."""


class LeaseLost(Exception):
    """The lease ran out and another node has it: what was read must not be committed."""


class Fence(msgspec.Struct, frozen=True):
    """A lease and its token, checked in the transaction that relies on it."""

    lease: str
    token: int


Also = Callable[[Connection, tuple[bool, ...]], Awaitable[None]]
"""What else is committed with arrivals; it is told which of them are new."""


class SpineEdge:
    """Takes signals in for the channels of this process."""

    def __init__(self, db: Database, bus: Bus, files: Files, handoff: Handoff | None = None) -> None:
        self.files = files
        self.is_full = False
        """Set by the watch over backlog and disk (`spine/pressure.py`)."""
        self._db = db
        self._bus = bus
        self._handoff = handoff or Handoff()
        self._renewing: dict[UUID, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._renewals = asyncio.Semaphore(RENEWALS)
        self._erased: Erased | None = None

    async def accept(
        self,
        arrivals: Sequence[Arrival],
        checkpoint: Checkpoint | None = None,
        fence: Fence | None = None,
        also: Also | None = None,
    ) -> Accepted:
        """Journal the arrivals, once each, in one commit; `also` is done in it.

        Raises `Overloaded` when there is no room, `LeaseLost` when the fence's lease is not ours any more.
        """
        if self.is_full:
            raise Overloaded
        kept = [await self._keep(arrival) for arrival in arrivals]
        promise = self._handoff.claim()
        if checkpoint is None and fence is None and also is None and not any(k.files for k in kept):
            async with self._db.connection() as on:
                fresh = await self._journal(on, kept, promise)
        else:
            async with self._db.transaction() as tx:
                if fence and not await leases.still_holds(tx, fence.lease, fence.token):
                    raise LeaseLost
                fresh = await self._journal(tx, kept, promise)
                await use_files(tx, [(sha256, k.id) for k in kept if k.id in fresh for sha256 in k.files])
                if checkpoint:
                    await sql.run(tx, "keep_checkpoint", **msgspec.structs.asdict(checkpoint))
                if also:
                    await also(tx, tuple(k.id in fresh for k in kept))
        if promise and (claimed := [k.claimed() for k in kept if fresh.get(k.id)]):
            promise.take(claimed)
        self._bus.wake(SIGNALS)
        return await self._accepted(kept, fresh)

    async def _keep(self, arrival: Arrival) -> "_Kept":
        signal, raw = masked_signal(arrival.signal), arrival.raw
        raw_file = await self.files.keep(raw) if len(raw) > INLINE else None
        files = tuple({a.sha256 for a in signal.attachments} | ({raw_file} if raw_file else set()))
        is_sealed = signal is not arrival.signal
        return _Kept(new_id(), signal, None if raw_file else raw, raw_file, files, is_sealed)

    async def _journal(
        self, on: Connection, kept: "Sequence[_Kept]", promise: Promise | None
    ) -> dict[UUID, bool]:
        rows = await sql.tuples(
            on,
            "journal",
            ids=[k.id for k in kept],
            inbox_ids=[k.signal.inbox_id for k in kept],
            external_ids=[k.signal.external_id for k in kept],
            erased_ids=await self._erased_ids(on, kept),
            sealed=[k.is_sealed for k in kept],
            channels=[k.signal.channel for k in kept],
            signals=[msgspec.json.encode(k.signal) for k in kept],
            raws=[k.raw for k in kept],
            raw_files=[k.raw_file for k in kept],
            lanes=[k.signal.lane() for k in kept],
            priorities=[k.signal.priority for k in kept],
            received=[made_at(k.id) for k in kept],
            owner=promise.owner if promise else None,
            until=promise.until if promise else None,
        )
        return dict(rows)

    async def _erased_ids(self, on: Connection, kept: "Sequence[_Kept]") -> list[str]:
        """What stands for their names in `seen` if they were erased: they are not taken in again."""
        self._erased = self._erased or await erased_names(on)
        return [self._erased.name(str(k.signal.inbox_id), k.signal.external_id) for k in kept]

    async def _accepted(self, kept: "Sequence[_Kept]", fresh: dict[UUID, bool]) -> Accepted:
        if len(fresh) == len(kept):
            return Accepted(tuple(k.id for k in kept), (True,) * len(kept))
        async with self._db.connection() as on:
            gone = await self._erased_ids(on, kept)
            rows = await sql.tuples(
                on,
                "seen_as",
                inbox_ids=[k.signal.inbox_id for k in kept] * 2,
                external_ids=[*(k.signal.external_id for k in kept), *gone],
            )
        known = {(inbox_id, name): signal_id for inbox_id, name, signal_id in rows}
        ids = (
            known.get((k.signal.inbox_id, k.signal.external_id)) or known[k.signal.inbox_id, erased]
            for k, erased in zip(kept, gone, strict=True)
        )
        return Accepted(tuple(ids), tuple(k.id in fresh for k in kept))

    async def add_reading(self, reading: Reading) -> None:
        """Hand in what a slow look found. Raises `NotFound` when there is no such signal."""
        received_at = made_at(reading.signal_id)
        async with self._db.transaction() as tx:
            found = await sql.value(tx, "journalled", signal_id=reading.signal_id, received_at=received_at)
            if found is None:
                raise NotFound(f"There is no signal {reading.signal_id}.")
            signal = msgspec.json.decode(found, type=Signal)
            await sql.run(
                tx,
                "add_reading",
                signal_id=reading.signal_id,
                received_at=received_at,
                name=reading.name,
                id=new_id(),
                content=msgspec.json.encode(masked_reading(reading)),
                lane=signal.lane(),
                priority=signal.priority,
            )
        self._bus.wake(SIGNALS)

    async def inboxes(self, channel: str) -> list[Inbox]:
        """The inboxes of a channel."""
        async with self._db.connection() as on:
            return await sql.rows(on, "inboxes", Inbox, channel=channel)

    async def checkpoint(self, inbox_id: UUID) -> str:
        """How far this inbox was read; empty when it never was."""
        async with self._db.connection() as on:
            return await sql.value(on, "checkpoint", inbox_id=inbox_id) or ""

    async def secret(self, inbox_id: UUID) -> bytes:
        """What a channel keeps secret for an inbox beside its settings."""
        async with self._db.connection() as on:
            return await sql.value(on, "secret", inbox_id=inbox_id) or b""

    async def renew_secret(self, inbox_id: UUID, renewed: Renewed) -> bytes:
        """Put another in its place, one caller at a time: here by a lock, over all nodes by the row's."""
        async with self._renewing[inbox_id], self._renewals, self._db.transaction() as tx:
            known = await sql.value(tx, "secret_alone", inbox_id=inbox_id) or b""
            value = await renewed(known)
            if value != known:
                await sql.run(tx, "renew_secret", inbox_id=inbox_id, value=value)
            return value


class _Kept(msgspec.Struct, frozen=True):
    id: UUID
    signal: Signal
    raw: bytes | None
    raw_file: str | None
    files: tuple[str, ...]
    is_sealed: bool
    """Its original holds a card number."""

    def claimed(self) -> Claimed:
        received_at, signal = made_at(self.id), self.signal
        encoded = msgspec.json.encode(signal)
        return Claimed(self.id, self.id, received_at, signal.lane(), signal.priority, 0, encoded, False, [])
