"""Mentions: agents who are named in a note, and what each has seen of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from doorstep.kernel import Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.replies.model import Mention, Mentions
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)

LAST = UUID(int=(1 << 128) - 1)
Place = tuple[UUID, UUID, UUID]
"""Customer, conversation and note."""


async def mention(tx: Connection, named: Sequence[UUID], where: Place, me: Me) -> None:
    """Tell each of them, once. Raises `Invalid` when one does not work here."""
    customer_id, conversation_id, note_id = where
    agents = list(dict.fromkeys(named))
    ids = [new_id() for _ in agents]
    done = await sql.run(tx, "mention", ids=ids, agent_ids=agents, interaction_id=note_id, by_id=me.agent_id)
    if done < len(agents):
        raise Invalid("Somebody named in the note does not work here any more. Take the name out.")
    rows = [(customer_id, conversation_id, agent) for agent in agents]
    await outbox.tell_many(tx, "note.mentioned", rows, me.agent_id)


async def mentions(on: Connection, me: Me, only_unseen: bool, after: UUID | None, most: int) -> Mentions:
    """The notes that name `me`, the newest first."""
    rows = await sql.rows(
        on, "mentions", Mention, agent_id=me.agent_id, before=after or LAST, unseen=only_unseen, most=most
    )
    unseen: int = await sql.value(on, "count_unseen", agent_id=me.agent_id)
    return Mentions(rows, rows[-1].id if len(rows) == most else None, unseen)


async def see(tx: Connection, mention_id: UUID, me: Me, now: datetime) -> None:
    """It was seen; told, so that every screen of theirs knows. Raises `NotFound`."""
    if not await sql.value(tx, "see_mention", id=mention_id, agent_id=me.agent_id, now=now):
        raise NotFound("There is no such mention of you.")
    await outbox.tell(tx, "mention.seen", subject_id=me.agent_id)
