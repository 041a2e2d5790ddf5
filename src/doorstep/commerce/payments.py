"""Money that came in."""

from collections.abc import Sequence

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import PaymentRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_payments(tx: Connection, source: str, rows: Sequence[PaymentRow]) -> list[Outcome]:
    """Put `rows`, no two with one key, in one statement."""
    return await write(tx, "put_payments", source, rows)
