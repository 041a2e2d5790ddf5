"""Telling what happened: an event is written in the transaction of what it tells, and numbered later."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.kernel import new_id
from doorstep.store.database import Connection
from doorstep.store.queries import beside

sql = beside(__file__)

Ids = tuple[UUID | None, UUID | None, UUID | None]
"""Customer, conversation and subject of an event."""


async def tell(
    tx: Connection,
    kind: str,
    customer_id: UUID | None = None,
    conversation_id: UUID | None = None,
    subject_id: UUID | None = None,
    actor_id: UUID | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """Tell one event, within `tx`. `data` carries ids and figures, never content."""
    await sql.run(
        tx,
        "tell",
        id=new_id(),
        kind=kind,
        customer_id=customer_id,
        conversation_id=conversation_id,
        subject_id=subject_id,
        actor_id=actor_id,
        data=msgspec.json.encode(data or {}).decode(),
    )


async def tell_many(tx: Connection, kind: str, rows: Sequence[Ids], actor_id: UUID | None = None) -> None:
    """Tell one event a row, all of one kind, at once."""
    if rows:
        await sql.run(
            tx,
            "tell_many",
            ids=[new_id() for _ in rows],
            kind=kind,
            customer_ids=[row[0] for row in rows],
            conversation_ids=[row[1] for row in rows],
            subject_ids=[row[2] for row in rows],
            actor_id=actor_id,
        )
