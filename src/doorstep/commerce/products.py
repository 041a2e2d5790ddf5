"""What is sold."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import ProductRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_products(tx: Connection, source: str, rows: Sequence[ProductRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_products", source, rows)
