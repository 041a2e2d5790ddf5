"""A spine to send signals through: real database, our edge, a worker that works when told to."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from doorstep.kernel import Accepted, Address, AddressKind, Arrival, Signal, new_id
from doorstep.spine import SpineEdge, Worker, drain
from doorstep.store import Database, DiskFiles
from doorstep.store.bus import LocalBus
from doorstep.store.partitions import make_partitions


class Spine(msgspec.Struct, frozen=True):
    """The parts, and short words for what tests do with them."""

    db: Database
    bus: LocalBus
    edge: SpineEdge
    inbox_id: UUID
    queue_id: UUID

    def signal(
        self, sender: str = "ioanna@mail.example", text: str = "Where is it?", **more: object
    ) -> Signal:
        """A signal as a channel would make it."""
        fields = {
            "inbox_id": self.inbox_id,
            "channel": "memory",
            "external_id": str(new_id()),
            "sender": Address(AddressKind.MAILBOX, sender, sender.split("@", maxsplit=1)[0].title()),
            "happened_at": datetime.now(UTC),
            "text": text,
        }
        return Signal(**{**fields, **more})  # type: ignore[arg-type]

    async def accept(self, *signals: Signal) -> Accepted:
        """Through the edge."""
        return await self.edge.accept([Arrival(s, s.text.encode()) for s in signals])

    def worker(self, **more: int) -> Worker:
        """A worker of its own."""
        return Worker(self.db, self.bus, **more)

    async def take_in(self, *signals: Signal) -> list[UUID]:
        """Through the edge and the spine, to the end."""
        accepted = await self.accept(*signals)
        await drain(self.worker())
        return list(accepted.ids)

    async def rows(self, statement: str, *values: object) -> list[dict[str, object]]:
        """What the database says."""
        async with self.db.connection() as on:
            return [dict(row) for row in await on.fetch(statement, *values)]

    async def value(self, statement: str, *values: object) -> object:
        """The first value the database says."""
        async with self.db.connection() as on:
            return await on.fetchval(statement, *values)


@pytest.fixture
async def spine(database: Database, tmp_path: Path) -> Spine:
    """A spine with one inbox."""
    queue_id, inbox_id = new_id(), new_id()
    async with database.transaction() as tx:
        await make_partitions(tx, datetime.now(UTC))
        await tx.execute("insert into queue (id, name) values ($1, 'Care')", queue_id)
        await tx.execute(
            "insert into inbox (id, channel, name, address, queue_id) "
            "values ($1, 'memory', 'Care', 'care@shop.example', $2)",
            inbox_id,
            queue_id,
        )
    bus = LocalBus()
    return Spine(database, bus, SpineEdge(database, bus, DiskFiles(tmp_path)), inbox_id, queue_id)
