"""Identify: whose address is this? First form: by the exact address, else a new customer."""

from collections.abc import Sequence

from doorstep.customers.model import Known
from doorstep.kernel import Address, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


ByAddress = dict[tuple[str, str], Known]


class Raced(Exception):
    """Another transaction made the same customer at this moment. Roll back and begin again."""


async def identify(tx: Connection, addresses: Sequence[Address]) -> list[Known]:
    """Whose each address is, in their order. One new address, however often it comes, makes one customer.

    Raises `Raced` when another transaction made one of them meanwhile.
    """
    distinct = {(a.kind, a.value): a for a in reversed(addresses)}
    ordered = [distinct[key] for key in sorted(distinct)]
    known = await _look_up(tx, ordered)
    if fresh := [a for a in ordered if (a.kind, a.value) not in known]:
        known |= await _add(tx, fresh)
    return [known[a.kind, a.value] for a in addresses]


async def _look_up(tx: Connection, addresses: Sequence[Address]) -> ByAddress:
    kinds, values = [a.kind for a in addresses], [a.value for a in addresses]
    rows = await sql.rows(tx, "known", Known, kinds=kinds, values=values)
    return {(row.kind, row.value): row for row in rows}


async def _add(tx: Connection, addresses: Sequence[Address]) -> ByAddress:
    rows = await sql.rows(
        tx,
        "add_customers",
        Known,
        kinds=[a.kind for a in addresses],
        values=[a.value for a in addresses],
        names=[a.name for a in addresses],
        customer_ids=[new_id() for _ in addresses],
        identity_ids=[new_id() for _ in addresses],
    )
    if len(rows) < len(addresses):
        raise Raced
    return {(row.kind, row.value): row for row in rows}
