"""Unmerge: the way back. The two stand as if they had never been merged; what is of both is handed out."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from doorstep.conversations import Shared, Side, separate_people, shared_by_people
from doorstep.customers.members import hold_links, leads, links_among, members, set_leads, sql
from doorstep.customers.model import Holding
from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.store import Connection, outbox


async def shared(on: Connection, link_id: UUID) -> list[Shared]:
    """What would belong to both sides. Raises `NotFound`."""
    link = await _link(on, link_id)
    return await shared_by_people(on, await _leads_without(on, link))


async def unmerge(
    tx: Connection, link_id: UUID, choices: Mapping[UUID, Side], me: Me | None, now: datetime
) -> None:
    """End a link, and the joins that rest on it; done twice, it is as done once. Raises `NotFound`."""
    await hold_links(tx)
    link = await _link(tx, link_id)
    if link.ended_at is not None:
        return
    lead = await _leads_without(tx, link)
    agent_id = me.agent_id if me else None
    await sql.run(tx, "end_link", id=link.id, agent_id=agent_id, now=now)
    await set_leads(tx, lead)
    await separate_people(tx, lead, lead[link.one_id], choices, me, now)
    data: dict[str, object] = {"one": str(link.one_id), "other": str(link.other_id)}
    for side in (link.one_id, link.other_id):
        await outbox.tell(
            tx, "customer.unmerged", lead[side], subject_id=link.id, actor_id=agent_id, data=data
        )


async def _leads_without(on: Connection, link: Holding) -> dict[UUID, UUID]:
    """Whom each of them is shown as without this link."""
    everybody = await members(on, link.one_id)
    links = [one for one in await links_among(on, everybody) if one.id != link.id]
    return leads(everybody, links)


async def _link(on: Connection, link_id: UUID) -> Holding:
    link = await sql.row(on, "link", Holding, id=link_id)
    if link is None:
        raise NotFound("There is no such link.")
    return link
