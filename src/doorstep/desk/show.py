"""Show: tell the screens, and count what waits."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from doorstep.conversations import Entry
from doorstep.routing import count_waiting
from doorstep.store import Connection, outbox


async def show(tx: Connection, entries: Sequence[Entry], grown: Counter[UUID], kind: str) -> None:
    """Tell one event of `kind` an entry, and by how many open conversations each queue has grown."""
    told = [(e.matter.customer_id, e.matter.conversation_id, e.id) for e in entries]
    await outbox.tell_many(tx, kind, told)
    await count_waiting(tx, grown)
