"""Merge: two records are one person. A link is written; nothing else is (docs/decisions/0007)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from doorstep.customers.members import hold_links, leads, links_among, members, set_leads, sql
from doorstep.kernel import Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.store import Connection, outbox

SET_BY_AGENT = "agent"
LONGEST = 2000


async def merge(
    tx: Connection,
    one_id: UUID,
    other_id: UUID,
    evidence: str,
    reasons: Sequence[Any],
    me: Me | None,
    now: datetime,
    why: str = "",
) -> UUID:
    """Show both as the one's lead; returns the link. For those that are one person already, that is theirs.

    Raises `NotFound`, or `Invalid` for somebody with themselves.
    """
    if one_id == other_id:
        raise Invalid("A customer cannot be merged with itself. Choose another one.")
    await hold_links(tx)
    if len(await sql.tuples(tx, "there", ids=[one_id, other_id])) < 2:
        raise NotFound("There is no such customer.")
    one = await members(tx, one_id)
    if other_id in one:
        return await _link_between(tx, one, one_id, other_id)
    other = await members(tx, other_id)
    link_id = new_id()
    await sql.run(
        tx,
        "add_link",
        id=link_id,
        one_id=one_id,
        other_id=other_id,
        evidence=evidence,
        why=why.strip()[:LONGEST],
        reasons=msgspec.json.encode(list(reasons)).decode(),
        agent_id=me.agent_id if me else None,
        now=now,
    )
    everybody = [*one, *other]
    await set_leads(tx, leads(everybody, await links_among(tx, everybody)))
    data: dict[str, object] = {"one": str(one_id), "other": str(other_id)}
    agent_id = me.agent_id if me else None
    await outbox.tell(tx, "customer.merged", one[0], subject_id=link_id, actor_id=agent_id, data=data)
    return link_id


async def _link_between(tx: Connection, ids: Sequence[UUID], one_id: UUID, other_id: UUID) -> UUID:
    """The link of these two; where they are one by way of others, the newest on that way."""
    links = await links_among(tx, ids)
    for n in range(len(links), 0, -1):
        lead = leads(ids, links[: n - 1])
        if lead[one_id] != lead[other_id]:
            return links[n - 1].id
    raise NotFound("There is no such link.")
