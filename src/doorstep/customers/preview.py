"""Preview: what a merge would join, before it is done; and the links there are."""

from uuid import UUID

import msgspec

from doorstep.customers.members import members, sql
from doorstep.customers.model import Difference, Link, LinkRow, MergePreview, PreviewSide
from doorstep.kernel import Invalid, NotFound
from doorstep.store import Connection

DIFFERING = ("name", "city", "country", "language")


async def preview(on: Connection, one_id: UUID, other_id: UUID) -> MergePreview:
    """What would be one. Raises `NotFound`, or `Invalid` for somebody with themselves."""
    if one_id == other_id:
        raise Invalid("A customer cannot be merged with itself. Choose another one.")
    ids = await members(on, one_id)
    one, other = await _side(on, one_id), await _side(on, other_id)
    differ = [Difference(f, getattr(one, f), getattr(other, f)) for f in DIFFERING]
    return MergePreview(
        one, other, [d for d in differ if d.one and d.other and d.one != d.other], other_id in ids
    )


async def links_of(on: Connection, customer_id: UUID) -> list[Link]:
    """The links of a customer and of all that are one person with it, the newest first, ended ones too.

    Raises `NotFound`.
    """
    if not await sql.tuples(on, "there", ids=[customer_id]):
        raise NotFound("There is no such customer.")
    rows = await sql.rows(on, "links_of", LinkRow, ids=await members(on, customer_id))
    return [link_of(row) for row in rows]


async def link_by_id(on: Connection, link_id: UUID) -> Link:
    """One link. Raises `NotFound`."""
    row = await sql.row(on, "link_by_id", LinkRow, id=link_id)
    if row is None:
        raise NotFound("There is no such link.")
    return link_of(row)


def link_of(row: LinkRow) -> Link:
    """A link as the wire has it."""
    return Link(**msgspec.structs.asdict(row) | {"reasons": msgspec.json.decode(row.reasons)})


async def _side(on: Connection, customer_id: UUID) -> PreviewSide:
    found: str | None = await sql.value(on, "side", ids=await members(on, customer_id))
    if found is None:
        raise NotFound("There is no such customer.")
    return msgspec.json.decode(found, type=PreviewSide)
