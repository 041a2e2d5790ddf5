"""The queue: what waits, ordered by the promise that breaks first. Pages by key; counters are not counted."""

from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from doorstep.desk.cursor import FIRST, LAST, Place, cursor, place
from doorstep.desk.model import QueueCounts, QueuePage, QueueRow
from doorstep.desk.sql import sql
from doorstep.routing import waiting
from doorstep.store import Connection

View = Literal["mine", "team", "all"]
State = Literal["open", "waiting", "resolved"]

NO_PROMISE = datetime(9999, 12, 30, tzinfo=UTC)


async def queue(
    on: Connection, agent_id: UUID, view: View, state: State, after: str | None, most: int
) -> QueuePage:
    """A page of the queue as `agent_id` sees it. Raises `Invalid` for a foreign cursor."""
    if state == "open":
        rows = await _open(on, agent_id, view, place(after, FIRST), most)
    else:
        rows = await _rest(on, agent_id, view, state, place(after, LAST), most)
    following = _cursor(rows[-1]) if len(rows) == most else None
    counted = await counts(on, agent_id) if after is None else None
    return QueuePage(rows, following, counted, datetime.now(UTC))


async def counts(on: Connection, agent_id: UUID) -> QueueCounts:
    """How much waits for whom."""
    mine = int(await sql.value(on, "count_mine", agent_id=agent_id))
    assigned = int(await sql.value(on, "count_assigned"))
    everything = (await waiting(on)).total()
    return QueueCounts(mine=mine, team=max(everything - assigned, 0), all=max(everything, 0))


async def _open(on: Connection, agent_id: UUID, view: View, after: Place, most: int) -> list[QueueRow]:
    whose = {"agent_id": agent_id} if view == "mine" else {}
    return await sql.rows(
        on, f"queue_{view}", QueueRow, after_due=after[0], after_id=after[1], most=most, **whose
    )


async def _rest(
    on: Connection, agent_id: UUID, view: View, state: State, before: Place, most: int
) -> list[QueueRow]:
    whose = {"agent_id": agent_id} if view == "mine" else {}
    return await sql.rows(
        on,
        f"rest_{view}",
        QueueRow,
        state=state,
        before_at=before[0],
        before_id=before[1],
        most=most,
        **whose,
    )


def _cursor(row: QueueRow) -> str:
    return cursor(row.due_at or NO_PROMISE, row.id) if row.state == "open" else cursor(row.last_at, row.id)
