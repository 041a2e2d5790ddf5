"""Note a look: who looked at a customer's record is in the audit, once an hour for each of the two."""

from uuid import UUID

from doorstep.people.model import Me
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def note_look(
    tx: Connection,
    me: Me,
    customer_id: UUID,
    what: str,
    conversation_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> None:
    """Tell that `me` looked at `what` of a customer, unless a look of theirs was told within the hour."""
    if await sql.value(tx, "note_look", agent_id=me.agent_id, customer_id=customer_id):
        data: dict[str, object] = {"what": what}
        await outbox.tell(tx, "customer.read", customer_id, conversation_id, subject_id, me.agent_id, data)
