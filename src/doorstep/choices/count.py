"""Count what was stopped: a reply against a choice, an event for each try and a figure."""

from datetime import datetime
from uuid import UUID

from doorstep.choices.look import sql
from doorstep.choices.model import Refusals
from doorstep.store import Connection, outbox


async def tell_refusal(
    tx: Connection, customer_id: UUID, conversation_id: UUID, by: UUID | None, now: datetime
) -> None:
    """Tell and count one. The request was refused, so this has a transaction of its own."""
    await outbox.tell(tx, "choice.violation_refused", customer_id, conversation_id, actor_id=by)
    await sql.run(tx, "count_refusal", day=now.date())


async def refusals(on: Connection, now: datetime) -> Refusals:
    """How many were stopped."""
    row = await sql.row(on, "refusals", Refusals, today=now.date())
    return row or Refusals(0, 0, 0)


async def count_refused(on: Connection) -> int:
    """How many were ever stopped."""
    return int(await sql.value(on, "count_refused"))
