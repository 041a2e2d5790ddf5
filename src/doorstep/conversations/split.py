"""Split: some of what was said is a matter of its own; and the way back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.conversations.join import count_change, hold_joins, hold_listed, hold_rows, join, sql, tell_all
from doorstep.conversations.separate import separate
from doorstep.conversations.whole import ConversationLink
from doorstep.kernel import Conflict, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.store import Connection
from doorstep.understanding import matter

MOST = 500


class Said(msgspec.Struct, frozen=True):
    """An interaction that is to be moved."""

    id: UUID
    conversation_id: UUID
    direction: str
    kind: str
    happened_at: datetime
    received_at: datetime
    subject: str
    channel: str
    inbox_id: UUID
    text: str


class SplitRow(msgspec.Struct, frozen=True):
    """A split that holds."""

    id: UUID
    from_id: UUID
    to_id: UUID
    from_due: datetime | None
    from_version: int
    to_version: int


async def split(
    tx: Connection, conversation_id: UUID, interaction_ids: Sequence[UUID], me: Me, now: datetime
) -> UUID:
    """Take these out into a conversation of their own, which is listed beside it; returns its id.

    Raises `NotFound` for one that is not in it, `Invalid` for none or all of it.
    """
    await hold_joins(tx)
    listed = await hold_listed(tx, conversation_id)
    said = await sql.rows(tx, "said_in", Said, ids=list(interaction_ids)[:MOST])
    within = {row[0] for row in await sql.tuples(tx, "whole", id=listed.id)}
    if len(said) != len(set(interaction_ids)) or any(s.conversation_id not in within for s in said):
        raise NotFound("Not all of these are in this conversation. Look at it again.")
    if not said or not await sql.value(tx, "is_left", ids=list(within), moved=[s.id for s in said]):
        raise Invalid("Choose some of it: what is split off cannot be nothing, nor all.")
    made = [
        await _split_one(tx, from_id, [s for s in said if s.conversation_id == from_id], me, now)
        for from_id in dict.fromkeys(s.conversation_id for s in said)
    ]
    whole = made[0]
    for other in made[1:]:
        whole = (await join(tx, whole, other, "split", me, now)).id
    return whole


async def from_there_on(on: Connection, conversation_id: UUID, interaction_id: UUID) -> list[UUID]:
    """One of its interactions, and what was said after it."""
    rows = await sql.tuples(on, "from_there_on", conversation_id=conversation_id, id=interaction_id)
    return [row[0] for row in rows]


async def _split_one(tx: Connection, from_id: UUID, said: Sequence[Said], me: Me, now: datetime) -> UUID:
    (before,) = await hold_rows(tx, [from_id])
    first, to_id, split_id = said[0], new_id(), new_id()
    await sql.run(
        tx,
        "open_split",
        id=to_id,
        from_id=from_id,
        inbox_id=first.inbox_id,
        channel=first.channel,
        matter=matter(first.subject, first.text) or before.matter,
        opened_at=first.happened_at,
        last_at=said[-1].happened_at,
        orders=before.orders,
    )
    moved = [s.id for s in said]
    await _move(tx, moved, from_id, to_id)
    after = await hold_rows(tx, [from_id, to_id])
    versions = {row.id: row.version for row in after}
    await sql.run(
        tx,
        "add_split",
        id=split_id,
        from_id=from_id,
        to_id=to_id,
        moved=moved,
        from_due=before.due_at,
        from_version=versions[from_id],
        to_version=versions[to_id],
        agent_id=me.agent_id,
        now=now,
    )
    await count_change(tx, [before], after)
    await tell_all(tx, "conversation.split", after, split_id, me)
    return to_id


async def _move(tx: Connection, ids: Sequence[UUID], from_id: UUID, to_id: UUID) -> None:
    """Move what was said, and reckon both anew; where the first is a part, the whole has so much less."""
    await sql.run(tx, "move_said", ids=list(ids), to_id=to_id)
    await sql.run(tx, "lose_above", id=from_id, n=len(ids))
    for one in (from_id, to_id):
        await sql.run(tx, "settle_said", id=one)


async def unsplit(tx: Connection, conversation_id: UUID, me: Me, now: datetime) -> UUID:
    """Put back what was split off, and what came to it since; returns the conversation it is in now.

    Raises `NotFound`, or `Conflict` when it was not split off.
    """
    await hold_joins(tx)
    listed = await hold_listed(tx, conversation_id)
    splits = await sql.rows(tx, "split_into", SplitRow, id=listed.id)
    if not splits:
        raise Conflict("This was not split off from anything, or is back already.")
    for one in splits:
        await _unsplit_one(tx, one, me, now)
    return (await hold_listed(tx, splits[0].from_id)).id


async def _unsplit_one(tx: Connection, one: SplitRow, me: Me, now: datetime) -> None:
    await _alone(tx, one.to_id, me, now)
    before = await hold_rows(tx, [one.from_id, one.to_id])
    ids = [row[0] for row in await sql.tuples(tx, "all_said_in", id=one.to_id)]
    await sql.run(tx, "come_together", to_id=one.from_id, from_id=one.to_id)
    await _move(tx, ids, one.to_id, one.from_id)
    await sql.run(tx, "lose_above", id=one.from_id, n=-len(ids))
    if {row.id: row.version for row in before} == {one.from_id: one.from_version, one.to_id: one.to_version}:
        await sql.run(tx, "set_due", id=one.from_id, due_at=one.from_due)
    await sql.run(tx, "move_all_acts", from_id=one.to_id, to_id=one.from_id)
    await sql.run(tx, "move_drafts", froms=[one.to_id], to_id=one.from_id)
    await sql.run(tx, "set_joined_to", ids=[one.to_id], to_id=one.from_id)
    await sql.run(tx, "end_split", id=one.id, agent_id=me.agent_id, now=now)
    after = await hold_rows(tx, [one.from_id, one.to_id])
    await count_change(tx, before, after)
    await tell_all(tx, "conversation.unsplit", after, one.id, me)


async def _alone(tx: Connection, conversation_id: UUID, me: Me, now: datetime) -> None:
    """End the joins it is a part of."""
    (row,) = await hold_rows(tx, [conversation_id])
    while row.joined_to:
        link = await sql.row(tx, "link_as", ConversationLink, joined_id=row.joined_to)
        if link is None:
            return
        await separate(tx, link.id, {}, me, now)
        (row,) = await hold_rows(tx, [conversation_id])
