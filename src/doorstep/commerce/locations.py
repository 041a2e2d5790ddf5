"""Where the goods lie."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import LocationRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_locations(tx: Connection, source: str, rows: Sequence[LocationRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_locations", source, rows)
