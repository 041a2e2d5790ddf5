"""The routes of who is here, and of who was named."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.params import Parameter

from doorstep.kernel import Clock
from doorstep.people import AGENTS, ONESELF, READERS, Me
from doorstep.replies.mention import mentions, see
from doorstep.replies.model import Being, Mentions, Presence
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


@get("/api/mentions", opt=READERS)
async def get_mentions(
    db: Database,
    me: Me,
    unseen: bool = False,
    after: UUID | None = None,
    limit: Annotated[int, Parameter(ge=1, le=100)] = 30,
) -> Mentions:
    """The notes that name oneself, newest first; `unseen`: only those not seen yet."""
    async with db.connection() as on:
        return await mentions(on, me, unseen, after, limit)


@post("/api/mentions/{mention_id:uuid}/seen", opt=ONESELF, status_code=204)
async def post_seen(tx: Connection, me: Me, clock: Clock, mention_id: UUID) -> None:
    """It was seen."""
    await see(tx, mention_id, me, clock.now())


routes = [get_presence, post_presence, delete_presence, get_mentions, post_seen]
