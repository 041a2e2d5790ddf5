"""Repeat: a reply sent again under its id, because the answer was lost, is the one that stands already."""

from uuid import UUID

import msgspec

from doorstep.drafts import REFERRED
from doorstep.kernel import Address, Conflict, Invalid
from doorstep.people import Me
from doorstep.replies.model import NewReply, Recipients, Reply, Standing
from doorstep.store import Connection, beside

sql = beside(__file__)

VERSION = 7


async def repeated(
    on: Connection, reply_id: UUID, reply: NewReply, conversation_id: UUID, me: Me
) -> Reply | None:
    """The reply that stands under this id; None when none does.

    Raises `Invalid` for an id that is no UUIDv7, `Conflict` when something else stands under it.
    """
    if reply_id.version != VERSION:
        raise Invalid("The id of a reply is a UUIDv7. Make one, or send none.")
    standing = await sql.row(on, "standing", Standing, id=reply_id, most=REFERRED)
    if standing is None:
        return None
    whose = (standing.direction, standing.conversation_id, standing.agent_id)
    if whose != ("out", conversation_id, me.agent_id) or not _says(standing, reply) or not standing.send_at:
        raise Conflict(
            "Under this id another reply was sent already. Look at the story before you send again."
        )
    return Reply(reply_id, conversation_id, standing.send_at, standing.delivery)


def _says(standing: Standing, reply: NewReply) -> bool:
    """Whether it has these words; what was left to us to choose is not compared."""
    to, cc = msgspec.json.decode(standing.recipients, type=Recipients)
    return (
        (standing.text, standing.html, standing.mode) == (reply.text, reply.html, reply.mode)
        and set(standing.attachments) == set(reply.attachments)
        and msgspec.json.decode(standing.bcc, type=tuple[Address, ...]) == reply.bcc
        and reply.subject in {"", standing.subject}
        and (not reply.to or (reply.to, reply.cc) == (to, cc))
    )
