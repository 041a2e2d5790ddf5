"""Conversations: join, split, and the way back of both."""

from uuid import UUID

import msgspec
from litestar import get, post

from doorstep.conversations.join import join
from doorstep.conversations.look import look
from doorstep.conversations.model import Conversation
from doorstep.conversations.same_matter import answer_same_matter
from doorstep.conversations.separate import Shared, Side, separate, shared
from doorstep.conversations.split import from_there_on, split, unsplit
from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, Me
from doorstep.store import Connection


class With(msgspec.Struct, frozen=True, rename={"other_id": "with"}):
    """The other one."""

    other_id: UUID


class Shares(msgspec.Struct, frozen=True):
    """Whose each thing is that belongs to both: the one's, the other's, or both's."""

    choices: dict[UUID, Side] = {}


class SplitOff(msgspec.Struct, frozen=True, rename={"from_id": "from"}):
    """What is taken out: these interactions, or one and all that was said after it."""

    interactions: list[UUID] = []
    from_id: UUID | None = None


class SameAs(msgspec.Struct, frozen=True):
    """The matter it goes on in; none: it is one of its own."""

    same_as: UUID | None = None


@post("/api/conversations/{conversation_id:uuid}/join", opt=AGENTS, status_code=200)
async def post_join(tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: With) -> Conversation:
    """Make it one matter with another conversation; answers with the one that is listed for both."""
    joined = await join(tx, conversation_id, data.other_id, "agent", me, clock.now())
    return await look(tx, joined.id)


@get("/api/joins/{link_id:uuid}/shared", opt=READERS)
async def get_shared(tx: Connection, link_id: UUID) -> list[Shared]:
    """What belongs to both: notes and acts on the joined conversation."""
    return await shared(tx, link_id)


@post("/api/joins/{link_id:uuid}/undo", opt=AGENTS, status_code=204)
async def post_separate(tx: Connection, me: Me, clock: Clock, link_id: UUID, data: Shares) -> None:
    """Take a join back: the two stand as if never joined. What is not chosen for is of both."""
    await separate(tx, link_id, data.choices, me, clock.now())


@post("/api/conversations/{conversation_id:uuid}/split", opt=AGENTS, status_code=200)
async def post_split(
    tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: SplitOff
) -> Conversation:
    """Make some of it a matter of its own; answers with that one."""
    ids = data.interactions
    if data.from_id is not None:
        ids = await from_there_on(tx, conversation_id, data.from_id)
    return await look(tx, await split(tx, conversation_id, ids, me, clock.now()))


@post("/api/conversations/{conversation_id:uuid}/unsplit", opt=AGENTS, status_code=200)
async def post_unsplit(tx: Connection, me: Me, clock: Clock, conversation_id: UUID) -> Conversation:
    """Put back what was split off; answers with the conversation that it is in again."""
    return await look(tx, await unsplit(tx, conversation_id, me, clock.now()))


@post("/api/conversations/{conversation_id:uuid}/same-matter", opt=AGENTS, status_code=200)
async def post_same_matter(
    tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: SameAs
) -> Conversation:
    """Answer whether it goes on in another matter."""
    joined = await answer_same_matter(tx, conversation_id, data.same_as, me, clock.now())
    return await look(tx, joined.id if joined else conversation_id)


routes = [post_join, get_shared, post_separate, post_split, post_unsplit, post_same_matter]
