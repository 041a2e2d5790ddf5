"""An agent who answers on a channel in memory."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from doorstep import replies
from doorstep.kernel import Address, AddressKind, new_id
from doorstep.people import Me
from doorstep.replies import Destination, NewReply, Queued, Reply
from doorstep.testing import TurnableClock
from tests.parts import Spine

ANA = Address(AddressKind.MAILBOX, "ana@mail.example", "Ana")


class Composer(msgspec.Struct, frozen=True):
    """A conversation, who answers in it, and a clock."""

    spine: Spine
    me: Me
    conversation_id: UUID
    clock: TurnableClock

    def to(self, conversation_id: UUID | None = None) -> Destination:
        """Where a reply goes out."""
        where = conversation_id or self.conversation_id
        return Destination(where, self.spine.inbox_id, "memory", f"<{new_id()}@shop.example>")

    async def write(self, text: str = "On its way.", **more: object) -> Reply:
        """A reply in the queue."""
        reply = NewReply(text, **{"to": (ANA,), "subject": "Parcel", **more})  # type: ignore[arg-type]
        async with self.spine.db.transaction() as tx:
            return await replies.queue_reply(tx, new_id(), reply, self.to(), self.me, self.clock.now())

    async def to_send(self, reply: Reply) -> Queued:
        """The reply as whoever sends it finds it."""
        async with self.spine.db.transaction() as tx:
            found = await replies.queued(tx, reply.id)
        assert found is not None
        return found

    async def row(self) -> dict[str, object]:
        """The conversation."""
        (row,) = await self.spine.rows(
            "select state, agent_id, unread, interactions, due_at, last_at, version from conversation "
            "where id = $1",
            self.conversation_id,
        )
        return row


@pytest.fixture
async def composer(spine: Spine) -> Composer:
    conversation_id = await spine.opened(subject="Parcel")
    clock = TurnableClock(await spine.value("select clock_timestamp()"))  # type: ignore[arg-type]
    clock.turn(timedelta(seconds=1))
    composer = Composer(spine, await spine.hire(), conversation_id, clock)
    await spine.told()
    return composer
