"""Join: two conversations are one matter. They stay as they are, and a third is listed for them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.conversations.file import Entry
from doorstep.conversations.whole import ConversationLink, Row, whole_of
from doorstep.kernel import Conflict, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.routing import count_waiting
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


class Joined(msgspec.Struct, frozen=True):
    """The conversation that is listed now, and the link that undo ends."""

    id: UUID
    link_id: UUID


async def join(
    tx: Connection, one_id: UUID, other_id: UUID, evidence: str, me: Me | None, now: datetime
) -> Joined:
    """Join them under the name of the first; done twice, it is as done once.

    Raises `NotFound`; `Invalid` for one with itself; `Conflict` for those of two people.
    """
    if one_id == other_id:
        raise Invalid("A conversation cannot be joined with itself.")
    await hold_joins(tx)
    one, other = await hold_listed(tx, one_id), await hold_listed(tx, other_id)
    if one.id == other.id:
        link = await sql.row(tx, "link_as", ConversationLink, joined_id=one.id)
        if link is None:
            raise Invalid("A conversation cannot be joined with itself.")
        return Joined(one.id, link.id)
    if len(await sql.tuples(tx, "people_of", ids=[one.id, other.id])) > 1:
        raise Conflict("They are of two customers. Merge the customers first, if they are one person.")
    whole, link_id = whole_of(one, other), new_id()
    await sql.run(tx, "open_whole", **msgspec.structs.asdict(whole))
    await sql.run(tx, "set_joined_to", ids=[one.id, other.id], to_id=whole.id)
    await sql.run(tx, "move_drafts", froms=[one.id, other.id], to_id=whole.id)
    ends = {"one_id": one.id, "other_id": other.id, "joined_id": whole.id}
    agent_id = me.agent_id if me else None
    await sql.run(
        tx, "add_conversation_link", id=link_id, **ends, evidence=evidence, agent_id=agent_id, now=now
    )
    await count_change(tx, [one, other], [whole])
    await tell_all(tx, "conversation.joined", [one, other, whole], link_id, me)
    return Joined(whole.id, link_id)


async def hold_joins(tx: Connection) -> None:
    """Joins are made and ended one after the other."""
    await sql.run(tx, "hold_joins")


async def hold_listed(tx: Connection, conversation_id: UUID) -> Row:
    """The row that is listed for a conversation, locked. Raises `NotFound`."""
    rows = await hold_rows(tx, [await sql.value(tx, "listed", id=conversation_id)])
    if not rows:
        raise NotFound("There is no such conversation.")
    return rows[0]


async def hold_rows(tx: Connection, ids: Sequence[UUID | None]) -> list[Row]:
    """These rows, locked in the order of their ids."""
    return await sql.rows(tx, "hold_rows", Row, ids=ids)


async def count_change(tx: Connection, before: Sequence[Row], after: Sequence[Row]) -> None:
    """Count what waits now instead of what waited before."""
    change = Counter(row.queue_id for row in after if row.is_counted)
    change.subtract(row.queue_id for row in before if row.is_counted)
    await count_waiting(tx, change)


async def tell_all(tx: Connection, kind: str, rows: Sequence[Row], subject_id: UUID, me: Me | None) -> None:
    """One event for each of these conversations."""
    told = [(row.customer_id, row.id, subject_id) for row in rows]
    await outbox.tell_many(tx, kind, told, actor_id=me.agent_id if me else None)


async def relate(tx: Connection, entries: Sequence[Entry]) -> None:
    """Of what has just come: join what goes on in a matter of a merged record, ask where several fit."""
    for entry in entries:
        matter = entry.matter
        if matter.joins:
            await join(tx, matter.joins, matter.conversation_id, "merge", None, entry.received_at)
        elif matter.asks:
            await sql.run(
                tx,
                "ask_same_matter",
                conversation_id=matter.conversation_id,
                candidates=list(matter.asks),
                now=entry.received_at,
            )
