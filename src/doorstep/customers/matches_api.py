"""The routes of possible matches."""

from uuid import UUID

from litestar import get, post

from doorstep.customers.matches import Match, matches, refuse
from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, Me, note_look
from doorstep.store import Connection


@get("/api/customers/{customer_id:uuid}/matches", opt=READERS)
async def get_matches(tx: Connection, me: Me, customer_id: UUID) -> list[Match]:
    """Whom this customer may also be, and what speaks for it and against it, with weights."""
    found = await matches(tx, customer_id)
    await note_look(tx, me, customer_id, "matches")
    return found


@post("/api/customers/{customer_id:uuid}/matches/{other_id:uuid}/refuse", opt=AGENTS, status_code=204)
async def post_refuse(tx: Connection, me: Me, clock: Clock, customer_id: UUID, other_id: UUID) -> None:
    """They are not the same person; nobody is asked again."""
    await refuse(tx, customer_id, other_id, me, clock.now())


routes = [get_matches, post_refuse]
