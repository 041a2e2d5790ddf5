"""What a poller is given: the edge, as long as the lease on its inbox is ours."""

from collections.abc import Sequence
from uuid import UUID

from doorstep.kernel import Accepted, Arrival, Checkpoint, Inbox, Reading, Renewed
from doorstep.spine.edge import Fence, SpineEdge
from doorstep.spine.pollers.contact import note_contact
from doorstep.store import Database


class LeasedEdge:
    """The edge of one poller. `accept` raises `LeaseLost` once the lease is another node's."""

    def __init__(self, edge: SpineEdge, db: Database, inbox_id: UUID, fence: Fence) -> None:
        self.files = edge.files
        self.was_reached = False
        self._edge, self._db, self._inbox_id, self._fence = edge, db, inbox_id, fence

    @property
    def is_full(self) -> bool:
        return self._edge.is_full

    async def accept(self, arrivals: Sequence[Arrival], checkpoint: Checkpoint | None = None) -> Accepted:
        return await self._edge.accept(arrivals, checkpoint, self._fence)

    async def add_reading(self, reading: Reading) -> None:
        await self._edge.add_reading(reading)

    async def inboxes(self, channel: str) -> list[Inbox]:
        return await self._edge.inboxes(channel)

    async def checkpoint(self, inbox_id: UUID) -> str:
        return await self._edge.checkpoint(inbox_id)

    async def secret(self, inbox_id: UUID) -> bytes:
        return await self._edge.secret(inbox_id)

    async def renew_secret(self, inbox_id: UUID, renewed: Renewed) -> bytes:
        return await self._edge.renew_secret(inbox_id, renewed)

    async def reached(self) -> None:
        self.was_reached = True
        async with self._db.connection() as on:
            await note_contact(on, self._inbox_id, is_connected=True)
