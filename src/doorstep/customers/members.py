"""Members: all records that are one person, and who leads them. Derived from the links that hold."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from doorstep.customers.model import Holding
from doorstep.store import Connection, beside

sql = beside(__file__)


async def members(on: Connection, customer_id: UUID) -> list[UUID]:
    """All that are one person with this one, the leading one first; it alone, when there is no such one."""
    rows = await sql.tuples(on, "members", customer_id=customer_id)
    return [row[0] for row in rows] or [customer_id]


MEMBERS = sql["members"].written
"""The statement itself, for the view that reads whatever belongs to them."""


async def hold_links(tx: Connection) -> None:
    """Links are made and ended one after the other."""
    await sql.run(tx, "hold_links")


async def links_among(on: Connection, ids: Sequence[UUID]) -> list[Holding]:
    """The links that hold among these, the oldest first."""
    return await sql.rows(on, "links_among", Holding, ids=list(ids))


def leads(ids: Iterable[UUID], links: Sequence[Holding]) -> dict[UUID, UUID]:
    """Whom each is shown as: of two that are linked, the one's lead goes on leading."""
    lead = {one: one for one in ids}
    for link in links:
        kept, shown = lead[link.one_id], lead[link.other_id]
        lead |= {one: kept for one, led in lead.items() if led == shown}
    return lead


async def set_leads(tx: Connection, lead: dict[UUID, UUID]) -> None:
    """Write whom each is shown as."""
    await sql.run(tx, "set_leads", ids=list(lead), leads=list(lead.values()))
