"""Look longer: what a channel finds out about a signal in its own time comes back as a reading of it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from doorstep.conversations import Entry
from doorstep.kernel import Inbox, Looks, Reading, Signal, made_at, new_id
from doorstep.spine.edge import SpineEdge, sql
from doorstep.spine.inboxes import Channels
from doorstep.spine.model import Original
from doorstep.store import Connection, Database
from doorstep.store.jobs import Job

LOOK = "signal.look"
"""The kind of these jobs, and their lane: they never take every hand."""


async def ask_to_look(tx: Connection, entries: Sequence[Entry], looking: Collection[str]) -> None:
    """A job for each that came by a channel that looks longer, in the transaction that shows it."""
    asked = [e.id for e in entries if e.signal.channel in looking and not e.signal.is_past]
    if asked:
        await sql.run(
            tx,
            "ask_to_look",
            ids=[new_id() for _ in asked],
            kind=LOOK,
            keys=[str(one) for one in asked],
            payloads=[msgspec.json.encode(one) for one in asked],
            due_at=datetime.now(UTC),
        )


class Looking:
    """The handler of these jobs."""

    def __init__(self, db: Database, channels: Channels, edge: SpineEdge) -> None:
        self._db, self._channels, self._edge = db, channels, edge

    async def __call__(self, job: Job) -> None:
        """Look, and hand in what was found."""
        signal_id = msgspec.json.decode(job.payload, type=UUID)
        async with self._db.connection() as on:
            original = await sql.row(
                on, "original_of", Original, id=signal_id, received_at=made_at(signal_id)
            )
            inbox = await sql.row(on, "inbox", Inbox, id=original.inbox_id) if original else None
        if original is None or inbox is None or not original.signal:
            return
        channel = self._channels.get(inbox.channel)
        if not isinstance(channel, Looks):
            return
        raw = await self._edge.files.read(original.raw_file) if original.raw_file else original.raw or b""
        signal = msgspec.json.decode(original.signal, type=Signal)
        if found := await channel.look(inbox, signal, raw):
            await self._edge.add_reading(Reading(signal_id, LOOK, attested=found))
