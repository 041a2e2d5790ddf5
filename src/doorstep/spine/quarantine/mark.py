"""Mark: what stands in a story is unwanted. It goes to quarantine, its sender is blocked in that inbox."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from doorstep.kernel import NotFound, new_id
from doorstep.people import Me
from doorstep.routing import count_waiting
from doorstep.spine.quarantine.hold import BEGINNING
from doorstep.spine.quarantine.judge import sql
from doorstep.spine.quarantine.learn import learn, remember
from doorstep.spine.quarantine.model import Row, Taken
from doorstep.store import Connection, outbox


async def mark(tx: Connection, interaction_id: UUID, me: Me, now: datetime) -> UUID:
    """Take it out; returns its id in quarantine, by which it is put back. Raises `NotFound`.

    A conversation in which nothing of the customer's is left is resolved.
    """
    identifier = new_id()
    taken = await sql.row(
        tx,
        "mark",
        Taken,
        id=identifier,
        interaction_id=interaction_id,
        reason=f"{me.name} marked it as unwanted.",
        longest=BEGINNING,
        now=now,
    )
    if taken is None:
        raise NotFound("There is no such message of a customer's.")
    await sql.run(tx, "take_out", id=interaction_id)
    await _learn(tx, identifier)
    await count_waiting(tx, Counter({taken.queue_id: taken.is_open - taken.was_open}))
    told = (taken.customer_id, taken.conversation_id, interaction_id)
    await outbox.tell(tx, "signal.marked", *told, actor_id=me.agent_id)
    return identifier


async def _learn(tx: Connection, identifier: UUID) -> None:
    row = await sql.row(tx, "row", Row, id=identifier)
    if row is not None:
        await learn(tx, row, 1, 0)
        await remember(tx, row.inbox_id, row.sender_value, is_trusted=False)
