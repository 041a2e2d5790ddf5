"""One statement of this room, given a whole batch of rows."""

from collections.abc import Sequence
from typing import Final

import msgspec

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import Row
from doorstep.kernel import new_id
from doorstep.store import Connection, beside

sql: Final = beside(__file__)


async def write(
    tx: Connection, name: str, source: str, rows: Sequence[Row], ids: int | None = None
) -> list[Outcome]:
    """Run the statement `name` over `rows`; `ids` is how many new ids it may need, else one a row."""
    return await sql.rows(
        tx,
        name,
        Outcome,
        source=source,
        rows=msgspec.json.encode(rows).decode(),
        ids=[new_id() for _ in range(len(rows) if ids is None else ids)],
    )
