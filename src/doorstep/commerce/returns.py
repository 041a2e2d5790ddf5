"""Goods that come back."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import ReturnRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_returns(tx: Connection, source: str, rows: Sequence[ReturnRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_returns", source, rows)
