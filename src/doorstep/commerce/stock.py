"""How much lies where. A count older than the one here changes nothing."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import StockRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_stock(tx: Connection, source: str, rows: Sequence[StockRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_stock", source, rows)
