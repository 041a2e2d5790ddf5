"""Orders with their line items."""

from collections.abc import Sequence

import msgspec

from doorstep.commerce.merged import merged, whole
from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import OrderRow
from doorstep.commerce.write import sql, write
from doorstep.store import Connection


async def put_orders(tx: Connection, source: str, rows: Sequence[OrderRow]) -> list[Outcome]:
    """Put `rows`, no two with one key: the orders, then their lines. What changes hands takes all along."""
    rows = [_folded(row) for row in rows]
    orders = await write(tx, "put_orders", source, rows)
    places = whole(len(rows), orders)
    kept = [rows[n - 1] for n in places]
    lines = await write(tx, "put_lines", source, kept, ids=sum(len(row.lines or ()) for row in kept))
    if changed := [outcome.id for outcome in orders if outcome.id]:
        await sql.run(tx, "follow_customers", order_ids=changed)
    return merged(orders, lines, places)


def _folded(row: OrderRow) -> OrderRow:
    mailbox = row.mailbox and row.mailbox.strip().lower()
    return msgspec.structs.replace(row, mailbox=mailbox)
