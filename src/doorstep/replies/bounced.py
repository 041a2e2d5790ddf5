"""Bounced: what we sent came back (RFC 3464). The reply says so; the bounce itself wakes its conversation."""

from collections.abc import Sequence

from doorstep.kernel import Returned
from doorstep.replies.model import CameBack
from doorstep.replies.queue import sql
from doorstep.store import Connection, outbox
from doorstep.store.reason import storable


async def bounced(tx: Connection, returned: Sequence[Returned]) -> None:
    """Mark the replies that came back, by their names; one that is only late says so and stays sent."""
    named = {name: one for one in returned for name in one.message_ids}
    if not named:
        return
    rows = await sql.rows(
        tx,
        "mark_bounced",
        CameBack,
        names=list(named),
        finals=[one.is_final for one in named.values()],
        details=[_said(one) for one in named.values()],
    )
    told = [(row.customer_id, row.conversation_id, row.id) for row in rows]
    await outbox.tell_many(tx, "reply.bounced", told)


def _said(returned: Returned) -> str:
    late = "" if returned.is_final else "Late, still being tried: "
    words = ": ".join(part for part in (returned.address, returned.detail) if part)
    return storable(f"{late}{words or 'It came back without a reason.'}")[:500]
