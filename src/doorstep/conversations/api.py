"""Conversations: look, and change their state."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get, post

from doorstep.choices import Reach, refusal_for
from doorstep.conversations.change import Verb, change, read, undo
from doorstep.conversations.links_api import routes as link_routes
from doorstep.conversations.look import look
from doorstep.conversations.model import Conversation
from doorstep.kernel import Channel, Clock
from doorstep.people import AGENTS, READERS, Me, note_look
from doorstep.store import Connection

Channels = Mapping[str, Channel]


class Version(msgspec.Struct, frozen=True):
    """The version that was looked at. `until`: when a conversation that waits comes back by itself."""

    version: int
    until: datetime | None = None


@get("/api/conversations/{conversation_id:uuid}", opt=READERS)
async def get_conversation(
    tx: Connection, me: Me, clock: Clock, channels: Channels, conversation_id: UUID
) -> Conversation:
    """A conversation as it stands, and whether the customer's choice lets an answer leave."""
    found = await _look(tx, clock, channels, conversation_id)
    await note_look(tx, me, found.customer_id, "conversation", found.id)
    return found


@post("/api/conversations/{conversation_id:uuid}/read", opt=AGENTS, status_code=204)
async def post_read(tx: Connection, me: Me, conversation_id: UUID) -> None:
    """Mark it as read."""
    await read(tx, conversation_id, me)


@post("/api/conversations/{conversation_id:uuid}/undo", opt=AGENTS, status_code=200)
async def post_undo(
    tx: Connection, me: Me, clock: Clock, channels: Channels, conversation_id: UUID, data: Version
) -> Conversation:
    """Take the change back that led to this version: all stands as it stood before."""
    await undo(tx, conversation_id, data.version, me, clock.now())
    return await _look(tx, clock, channels, conversation_id)


@post("/api/conversations/{conversation_id:uuid}/{verb:str}", opt=AGENTS, status_code=200)
async def post_change(
    tx: Connection,
    me: Me,
    clock: Clock,
    channels: Channels,
    conversation_id: UUID,
    verb: Verb,
    data: Version,
) -> Conversation:
    """Resolve, reopen, wait (until a time), take or release it."""
    await change(tx, conversation_id, verb, data.version, me, clock.now(), data.until)
    return await _look(tx, clock, channels, conversation_id)


async def _look(tx: Connection, clock: Clock, channels: Channels, conversation_id: UUID) -> Conversation:
    found = await look(tx, conversation_id)
    label = channels[found.channel].label if found.channel in channels else found.channel
    to = (*found.reply.to, *found.reply.cc)
    reach = Reach(found.id, found.channel, label, to, found.customer_id)
    return msgspec.structs.replace(found, refusal=await refusal_for(tx, reach, clock.now()))


routes = [get_conversation, post_read, post_undo, post_change, *link_routes]
