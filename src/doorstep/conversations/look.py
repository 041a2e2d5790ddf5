"""Look at a conversation: as it stands, and to whom an answer would go."""

from uuid import UUID

import msgspec

from doorstep.conversations.model import Candidate, Conversation, Head, JoinedPart, LastHeard, Split
from doorstep.conversations.reply_to import reply_to
from doorstep.kernel import NotFound
from doorstep.store import Connection, beside

sql = beside(__file__)


async def look(on: Connection, conversation_id: UUID) -> Conversation:
    """The conversation, or the one it is joined in. Raises `NotFound`."""
    head = await head_of(on, conversation_id)
    heard = await last_heard(on, conversation_id)
    reply = reply_to(heard, await our_addresses(on), head.matter)
    return Conversation(
        **msgspec.structs.asdict(head),
        reply=reply,
        parts=[row[0] for row in await sql.tuples(on, "made_of", id=head.id)],
        joined=await sql.rows(on, "parts", JoinedPart, id=head.id),
        split=await sql.rows(on, "splits", Split, id=head.id),
        question=await sql.rows(on, "candidates", Candidate, id=head.id),
    )


async def head_of(on: Connection, conversation_id: UUID) -> Head:
    """What the row says that is listed for it. Raises `NotFound`."""
    head = await sql.row(on, "head", Head, id=conversation_id)
    if head is None:
        raise NotFound("There is no such conversation.")
    return head


async def last_heard(on: Connection, conversation_id: UUID) -> LastHeard | None:
    """What the customer said last; what somebody else said only where the customer said nothing."""
    return await sql.row(on, "last_heard", LastHeard, conversation_id=conversation_id)


async def names_in(on: Connection, conversation_id: UUID) -> tuple[str, ...]:
    """The names of its messages, newest first."""
    return tuple(row[0] for row in await sql.tuples(on, "names_in", conversation_id=conversation_id))


async def our_addresses(on: Connection) -> list[str]:
    """The addresses of all our inboxes."""
    return [row[0] for row in await sql.tuples(on, "our_addresses")]
