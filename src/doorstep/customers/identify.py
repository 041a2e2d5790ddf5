"""Identify: whose address is this? First form: by the exact address, else a new customer."""

from collections.abc import Sequence

from doorstep.customers.model import Known
from doorstep.kernel import Address, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


class Raced(Exception):
    """Another transaction made the same customer at this moment. Roll back and begin again."""


async def identify(tx: Connection, addresses: Sequence[Address]) -> list[Known]:
    """Whose each address is, in their order. One new address, however often it comes, makes one customer.

    Raises `Raced` when another transaction made one of them meanwhile.
    """
    distinct = {(a.kind, a.value): a for a in reversed(addresses)}
    ordered = [distinct[key] for key in sorted(distinct)]
    rows = await sql.rows(
        tx,
        "identify",
        Known,
        kinds=[a.kind for a in ordered],
        values=[a.value for a in ordered],
        names=[a.name for a in ordered],
        customer_ids=[new_id() for _ in ordered],
        identity_ids=[new_id() for _ in ordered],
    )
    if len(rows) < len(ordered):
        raise Raced
    known = {(row.kind, row.value): row for row in rows}
    return [known[a.kind, a.value] for a in addresses]
