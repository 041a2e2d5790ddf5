"""Search, first form: people by name or the beginning of an address, orders by their number."""

from doorstep.desk.model import Findings, FoundCustomer, FoundOrder
from doorstep.desk.sql import sql
from doorstep.kernel import AddressKind
from doorstep.store import Connection

SHORTEST = 2
LONGEST = 100


async def search(on: Connection, words: str) -> Findings:
    """What is found by these words; nothing for fewer than two characters."""
    words = " ".join(words.split())[:LONGEST]
    if len(words) < SHORTEST:
        return Findings([], [])
    prefix = words.lower()
    customers = await sql.rows(
        on,
        "search_customers",
        FoundCustomer,
        kinds=list(AddressKind),
        prefix=prefix,
        prefix_end=prefix + "\U0010ffff",
        words=words,
        pattern=f"%{_literally(words)}%",
    )
    orders = await sql.rows(on, "search_orders", FoundOrder, order_no=words.lstrip("#"))
    return Findings(list({c.id: c for c in reversed(customers)}.values())[::-1], orders)


def _literally(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
