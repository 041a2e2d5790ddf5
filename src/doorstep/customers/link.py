"""Link: two customers are one person; a row that says so lies over them and can be taken back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from doorstep.customers.weigh import Reason
from doorstep.kernel import new_id
from doorstep.store import Connection, beside

sql = beside(__file__)

MATCHED = "matched"


async def link(tx: Connection, one_id: UUID, other_id: UUID, reasons: Sequence[Reason]) -> None:
    """Show the other as the one, by itself, with what speaks for it.

    The one place to change when `merge(tx, one_id, other_id, evidence, reasons, me)` is here.
    """
    await sql.run(
        tx,
        "link",
        id=new_id(),
        one_id=one_id,
        other_id=other_id,
        evidence=MATCHED,
        reasons=msgspec.json.encode(reasons).decode(),
        linked_at=datetime.now(UTC),
    )
    await sql.run(tx, "stand_for", one_id=one_id, other_id=other_id)
