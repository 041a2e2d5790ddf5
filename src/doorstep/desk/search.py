"""Search, first form: people by name, address or number, orders by their number.

A person's name is found by its beginning; anywhere in it once there are three letters in a row, which is what
the index of trigrams needs (PostgreSQL manual, F.35 pg_trgm). What no index serves is not searched for.
"""

import re

from doorstep.desk.model import Findings, FoundCustomer, FoundOrder
from doorstep.desk.sql import sql
from doorstep.kernel import AddressKind
from doorstep.store import Connection

SHORTEST = 2
LONGEST = 100
MOST = 10
END = "\U0010ffff"
"""Sorts behind whatever a value may go on with."""

_THREE = re.compile(r"[^\W_]{3}")
_NUMBER = re.compile(r"\+?[0-9]{2,}")
_MARKS = str.maketrans("", "", " .-/()")
"""What people write between the parts of a number; the index of loyalty numbers leaves out the same."""


async def search(on: Connection, words: str) -> Findings:
    """What is found by these words; nothing for fewer than two characters."""
    words = " ".join(words.split())[:LONGEST]
    if len(words) < SHORTEST:
        return Findings([], [])
    bare = words.lower().translate(_MARKS)
    begins = _begins(words.lower(), bare)
    customers = await sql.rows(
        on,
        "search_customers",
        FoundCustomer,
        kinds=[kind for kind, _ in begins],
        begins=[begin for _, begin in begins],
        bare=bare if len(bare) >= SHORTEST else None,
        words=words,
        within=f"%{_literally(words)}%" if _is_in_names(words, bare) else None,
        end=END,
    )
    orders = await sql.rows(on, "search_orders", FoundOrder, order_no=words.lstrip("#"))
    distinct = {c.id: c for c in reversed(customers)}.values()
    return Findings(list(distinct)[::-1][:MOST], orders)


def _begins(words: str, bare: str) -> list[tuple[AddressKind, str]]:
    """How an address of each kind would begin."""
    plain: list[tuple[AddressKind, str]] = [
        (kind, words) for kind in AddressKind if kind is not AddressKind.LOYALTY
    ]
    if not _NUMBER.fullmatch(bare):
        return plain
    number = f"+{bare.removeprefix('+').removeprefix('00')}"
    return [(AddressKind.NUMBER, number), *plain] if len(number) > SHORTEST else plain


def _is_in_names(words: str, bare: str) -> bool:
    return bool(_THREE.search(words)) and not _NUMBER.fullmatch(bare)


def _literally(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
