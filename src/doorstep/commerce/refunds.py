"""Money that went back."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import RefundRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_refunds(tx: Connection, source: str, rows: Sequence[RefundRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_refunds", source, rows)
