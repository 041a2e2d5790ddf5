"""Route: which queue takes it, and by when it wants an answer. First form: the inbox says."""

from collections.abc import Sequence
from uuid import UUID

from doorstep.kernel import NotFound
from doorstep.routing.model import Route
from doorstep.store import Connection, beside

sql = beside(__file__)


async def route(tx: Connection, inbox_ids: Sequence[UUID]) -> list[Route]:
    """The route of each, in their order. Raises `NotFound` for an inbox that was never configured."""
    routes = {r.inbox_id: r for r in await sql.rows(tx, "route", Route, inbox_ids=sorted(set(inbox_ids)))}
    if missing := set(inbox_ids) - set(routes):
        raise NotFound(f"There is no inbox {min(missing)}.")
    return [routes[inbox_id] for inbox_id in inbox_ids]
