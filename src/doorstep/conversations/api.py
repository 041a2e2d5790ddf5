"""Conversations: look, and change their state."""

from uuid import UUID

import msgspec
from litestar import get, post

from doorstep.conversations.change import Verb, change, read
from doorstep.conversations.look import look
from doorstep.conversations.model import Conversation
from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, Me
from doorstep.store import Connection, Database


class Version(msgspec.Struct, frozen=True):
    """The version of the conversation that was looked at."""

    version: int


@get("/api/conversations/{conversation_id:uuid}", opt=READERS)
async def get_conversation(db: Database, conversation_id: UUID) -> Conversation:
    """A conversation as it stands."""
    async with db.connection() as on:
        return await look(on, conversation_id)


@post("/api/conversations/{conversation_id:uuid}/read", opt=AGENTS, status_code=204)
async def post_read(tx: Connection, me: Me, conversation_id: UUID) -> None:
    """Mark it as read."""
    await read(tx, conversation_id, me)


@post("/api/conversations/{conversation_id:uuid}/{verb:str}", opt=AGENTS, status_code=200)
async def post_change(
    tx: Connection, me: Me, clock: Clock, conversation_id: UUID, verb: Verb, data: Version
) -> Conversation:
    """Resolve, reopen, wait, take or release it."""
    await change(tx, conversation_id, verb, data.version, me, clock.now())
    return await look(tx, conversation_id)


routes = [get_conversation, post_read, post_change]
