"""Separate: the way back from a join. The two stand as if they had never been joined.

What was done to the joined one has no place among what came; for each such thing is said whose it is now.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from doorstep.conversations.join import count_change, hold_joins, hold_rows, sql, tell_all
from doorstep.conversations.whole import ConversationLink, Row
from doorstep.kernel import NotFound, new_id
from doorstep.people import Me
from doorstep.store import Connection

Side = Literal["one", "other", "both"]


class Shared(msgspec.Struct, frozen=True):
    """A note, or an act by its verb, that belongs to both."""

    id: UUID
    kind: str
    what: str
    by_name: str | None
    at: datetime


class Child(msgspec.Struct, frozen=True):
    """What stands on one side of a join now."""

    id: UUID


async def shared(on: Connection, link_id: UUID) -> list[Shared]:
    """What belongs to both sides of a join. Raises `NotFound`."""
    link = await _link(on, link_id)
    return await sql.rows(on, "shared", Shared, ids=[link.joined_id])


async def separate(
    tx: Connection,
    link_id: UUID,
    choices: Mapping[UUID, Side],
    me: Me | None,
    now: datetime,
    is_turned: bool = False,
) -> None:
    """End a join; done twice, it is as done once. What is not chosen for is of both. Raises `NotFound`.

    `is_turned`: the `other` of the choices is the link's one.
    """
    await hold_joins(tx)
    link = await _link(tx, link_id)
    if link.ended_at is not None:
        return
    one, other = await _child(tx, link.one_id, link), await _child(tx, link.other_id, link)
    rows = {row.id: row for row in await hold_rows(tx, [one, other, link.joined_id])}
    whole = rows[link.joined_id]
    agent_id = me.agent_id if me else None
    await sql.run(tx, "end_conversation_link", id=link.id, agent_id=agent_id, now=now)
    stays, goes = await _who_stays(tx, whole, rows[one], rows[other])
    if whole.joined_to:
        await sql.run(tx, "lose_part", id=whole.joined_to, n=goes.interactions)
    await sql.run(tx, "set_joined_to", ids=[stays.id], to_id=whole.joined_to)
    await sql.run(tx, "set_joined_to", ids=[goes.id], to_id=None)
    await sql.run(tx, "set_joined_to", ids=[whole.id], to_id=stays.id)
    await sql.run(tx, "move_drafts", froms=[whole.id], to_id=stays.id)
    sides = (rows[other], rows[one]) if is_turned else (rows[one], rows[other])
    await _hand_out(tx, whole, sides, choices)
    after = await hold_rows(tx, [one, other])
    await count_change(tx, [whole], after)
    await tell_all(tx, "conversation.separated", [whole, *after], link.id, me)


async def shared_by_people(on: Connection, leads: Mapping[UUID, UUID]) -> list[Shared]:
    """What belongs to both where joins lie over these customers, each shown as the one of `leads`."""
    crossing = await _crossing(on, leads)
    return await sql.rows(on, "shared", Shared, ids=[link.joined_id for link in crossing])


async def separate_people(
    tx: Connection,
    leads: Mapping[UUID, UUID],
    one: UUID,
    choices: Mapping[UUID, Side],
    me: Me | None,
    now: datetime,
) -> None:
    """End the joins over customers who are no longer one person; `one`: who leads the side of that name."""
    await hold_joins(tx)
    while crossing := await _crossing(tx, leads):
        whose = await sql.value(tx, "whose", id=crossing[0].one_id)
        await separate(tx, crossing[0].id, choices, me, now, is_turned=leads[whose] != one)


async def _crossing(on: Connection, leads: Mapping[UUID, UUID]) -> list[ConversationLink]:
    """The joins that hold over customers with different leads, the oldest first.

    And those that rested on a merge, and are now over what is one record's alone.
    """
    return await sql.rows(
        on, "crossing", ConversationLink, customer_ids=list(leads), leads=list(leads.values())
    )


async def _link(on: Connection, link_id: UUID) -> ConversationLink:
    link = await sql.row(on, "conversation_link", ConversationLink, id=link_id)
    if link is None:
        raise NotFound("There is no such join.")
    return link


async def _child(tx: Connection, end_id: UUID, link: ConversationLink) -> UUID:
    """What stands now where this end of the link stood."""
    child = await sql.row(tx, "child_on", Child, id=end_id, whole_id=link.joined_id)
    return child.id if child else end_id


async def _who_stays(tx: Connection, whole: Row, one: Row, other: Row) -> tuple[Row, Row]:
    """Which of the two takes the place of the whole where that is joined with more: one of its people."""
    if whole.joined_to is None:
        return one, other
    rest = await sql.tuples(tx, "rest_of", whole_id=whole.joined_to, but_id=whole.id)
    people = {row[0] for row in await sql.tuples(tx, "people_of", ids=[row[0] for row in rest])}
    theirs = {row[0] for row in await sql.tuples(tx, "people_of", ids=[one.id])}
    return (one, other) if theirs <= people else (other, one)


async def _hand_out(tx: Connection, whole: Row, sides: tuple[Row, Row], choices: Mapping[UUID, Side]) -> None:
    items = await sql.rows(tx, "shared", Shared, ids=[whole.id])
    chosen = {item.id: choices.get(item.id, "both") for item in items}
    for row, side in zip(sides, ("one", "other"), strict=True):
        mine = [item for item in items if chosen[item.id] in {side, "both"}]
        is_copied = {item.id for item in mine if side == "one" and chosen[item.id] == "both"}
        await _give(tx, row, mine, is_copied)
        if any(item.kind == "act" for item in mine):
            await sql.run(tx, "take_over", to_id=row.id, from_id=whole.id)


async def _give(tx: Connection, row: Row, items: Sequence[Shared], is_copied: set[UUID]) -> None:
    """Give these to a side; those of both are copied to it, and move to the other."""
    for kind, plural in (("note", "notes"), ("act", "acts")):
        copied = [item.id for item in items if item.kind == kind and item.id in is_copied]
        moved = [item.id for item in items if item.kind == kind and item.id not in is_copied]
        fresh = [new_id() for _ in copied]
        await sql.run(tx, f"copy_{plural}", items=copied, ids=fresh, to_id=row.id)
        await sql.run(tx, f"move_{plural}", items=moved, to_id=row.id)
    notes = sum(item.kind == "note" for item in items)
    if notes:
        await sql.run(tx, "count_notes", id=row.id, n=notes)
