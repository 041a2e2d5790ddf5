"""The routes of who is here."""

from uuid import UUID

from litestar import delete, get, post

from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, Me
from doorstep.replies.model import Being, Presence
from doorstep.replies.presence import be_here, go, present
from doorstep.store import Connection, Database

PRESENCE = "/api/conversations/{conversation_id:uuid}/presence"


@get(PRESENCE, opt=READERS)
async def get_presence(db: Database, clock: Clock, conversation_id: UUID) -> list[Presence]:
    """Who has this conversation open, oneself too, and whether they write in it."""
    async with db.connection() as on:
        return await present(on, conversation_id, clock.now())


@post(PRESENCE, opt=AGENTS, status_code=200)
async def post_presence(
    tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: Being
) -> list[Presence]:
    """Say that one is here; to be said again each 15 seconds, for after 30 one is gone. Who else is here."""
    now = clock.now()
    await be_here(tx, conversation_id, data.writing, me, now)
    return await present(tx, conversation_id, now)


@delete(PRESENCE, opt=AGENTS)
async def delete_presence(tx: Connection, me: Me, conversation_id: UUID) -> None:
    """Say that one looks elsewhere."""
    await go(tx, conversation_id, me)


routes = [get_presence, post_presence, delete_presence]
