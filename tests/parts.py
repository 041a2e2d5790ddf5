"""Parts that tests of several rooms stand on: a spine to send signals through, and people who work here."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from doorstep.conversations import token_key, token_of
from doorstep.kernel import Accepted, Address, AddressKind, Arrival, Signal, new_id
from doorstep.people import Me, Role
from doorstep.spine import SpineEdge, Worker, drain
from doorstep.store import Database, DiskFiles
from doorstep.store.bus import LocalBus
from doorstep.store.partitions import make_partitions
from doorstep.store.sequencer import sequence


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

    def worker(self, **more: Any) -> Worker:
        """A worker of its own."""
        return Worker(self.db, self.bus, **more)

    async def take_in(self, *signals: Signal) -> list[UUID]:
        """Through the edge and the spine, to the end."""
        accepted = await self.accept(*signals)
        await drain(self.worker())
        return list(accepted.ids)

    async def opened(self, **more: object) -> UUID:
        """A conversation that a signal opened."""
        (signal_id,) = await self.take_in(self.signal(**more))  # type: ignore[arg-type]
        return UUID(str(await self.value("select conversation_id from interaction where id = $1", signal_id)))

    async def token(self, conversation_id: object) -> str:
        """What names a conversation in our address."""
        async with self.db.connection() as on:
            return token_of(UUID(str(conversation_id)), await token_key(on))

    async def hire(self, name: str = "Maren", role: Role = Role.AGENT) -> Me:
        """Somebody who works here."""
        me = Me(new_id(), name, role, f"{name.lower()}@shop.example")
        await self.run(
            "insert into agent (id, sign_in, name, role, password) values ($1, $2, $3, $4, '')",
            *(me.agent_id, me.sign_in, name, role),
        )
        return me

    async def told(self) -> list[dict[str, object]]:
        """Every event since this was last asked, in order; they have got their numbers then."""
        async with self.db.connection() as on:
            after = await on.fetchval("select last from event_number")
        while await sequence(self.db):
            pass
        return await self.rows(
            "select kind, customer_id, conversation_id, subject_id, actor_id, data::text as data "
            "from event where seq > $1 order by seq",
            after,
        )

    async def rows(self, statement: str, *values: object) -> list[dict[str, object]]:
        """What the database says."""
        async with self.db.connection() as on:
            return [dict(row) for row in await on.fetch(statement, *values)]

    async def value(self, statement: str, *values: object) -> object:
        """The first value the database says."""
        async with self.db.connection() as on:
            return await on.fetchval(statement, *values)

    async def run(self, statement: str, *values: object) -> None:
        """Change something behind the house's back."""
        async with self.db.connection() as on:
            await on.execute(statement, *values)


async def spine_on(database: Database, folder: Path) -> Spine:
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
    return Spine(database, bus, SpineEdge(database, bus, DiskFiles(folder)), inbox_id, queue_id)


async def until(is_so: Callable[[], Awaitable[object] | object], within: float = 10.0) -> float:
    """Wait until it is so; returns the seconds it took. Fails when it is not so `within` seconds."""
    began = time.perf_counter()
    while True:
        found = is_so()
        if await found if isinstance(found, Awaitable) else found:
            return time.perf_counter() - began
        assert time.perf_counter() - began < within, f"not so within {within} s"
        await asyncio.sleep(0.01)
