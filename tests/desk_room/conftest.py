"""A served house with an inbox, somebody signed in, and a spine's words for what comes in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import msgspec
import pytest

from doorstep.kernel import Signal
from doorstep.people import Role
from doorstep.store import outbox
from tests.parts import Spine, until
from tests.stories.conftest import Served, house, settings

__all__ = ["house", "settings"]

Ids = tuple[str, str]


class Desk(msgspec.Struct, frozen=True):
    """Maren's desk."""

    house: Served
    spine: Spine
    maren: httpx.AsyncClient

    async def come_in(self, signal: Signal) -> UUID:
        """Through the house's own edge and worker."""
        (signal_id,) = (await self.spine.accept(signal)).ids
        await until(lambda: self.spine.value("select id from interaction where id = $1", signal_id))
        return signal_id

    async def tell(self, kind: str, *subjects: UUID) -> None:
        """One event for each."""
        async with self.spine.db.transaction() as tx:
            await outbox.tell_many(tx, kind, [(None, None, subject) for subject in subjects])
        self.house.house.bus.wake("outbox")

    @asynccontextmanager
    async def also(self, sign_in: str, role: Role = Role.AGENT) -> AsyncIterator[httpx.AsyncClient]:
        """Somebody else at a desk of their own."""
        async with self.house.signed_in(sign_in, role) as client:
            yield client


@pytest.fixture
async def desk(house: Served) -> AsyncIterator[Desk]:
    inbox_id = await house.add_inbox("care@shop.example")
    running = house.house
    async with house.signed_in("maren@shop.example") as maren:
        queue_id = await running.db.pool.fetchval("select id from queue")
        yield Desk(house, Spine(running.db, running.bus, running.edge, inbox_id, queue_id), maren)
