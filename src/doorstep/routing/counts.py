"""How much waits in each queue: sums of deltas, folded each second; no row is hot, nothing is counted."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from doorstep.kernel import new_id
from doorstep.routing.model import Waiting
from doorstep.store import Connection, beside

sql = beside(__file__)


async def count_waiting(tx: Connection, change: Mapping[UUID, int]) -> None:
    """Note by how many each queue has grown or shrunk, within `tx`."""
    changed = {queue_id: n for queue_id, n in change.items() if n}
    if changed:
        await sql.run(
            tx,
            "count_waiting",
            ids=[new_id() for _ in changed],
            queue_ids=list(changed),
            waiting=list(changed.values()),
        )


async def fold_counts(tx: Connection) -> None:
    """Add the deltas up; one node does it, each second."""
    await sql.run(tx, "fold_counts")


async def waiting(on: Connection) -> Counter[UUID]:
    """How many conversations are open in each queue."""
    return Counter({row.queue_id: row.waiting for row in await sql.rows(on, "waiting_in", Waiting)})
