"""Sign out: the session ends here, not only in the browser."""

from uuid import UUID

from doorstep.people.session import digest
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def sign_out(tx: Connection, token: str) -> None:
    """End the session of a token; a token that stands for none is no error."""
    agent_id: UUID | None = await sql.value(tx, "end_session", token=digest(token))
    if agent_id is not None:
        await outbox.tell(tx, "session.ended", subject_id=agent_id, actor_id=agent_id)
