"""Customers: preview a merge, merge, and the way back."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import QueryParameter

from doorstep.conversations import Shared, Side
from doorstep.customers.members import members
from doorstep.customers.merge import SET_BY_AGENT, merge
from doorstep.customers.model import Link, MergePreview
from doorstep.customers.preview import link_by_id, links_of, preview
from doorstep.customers.unmerge import shared, unmerge
from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, Me, note_look
from doorstep.store import Connection


class MergeWith(msgspec.Struct, frozen=True, rename={"other_id": "with"}):
    """Whom with, and why. The words are kept where the audit shows them, and can be erased."""

    other_id: UUID
    why: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Unmerge(msgspec.Struct, frozen=True):
    """Whose each thing is that belongs to both: the one's, the other's, or both's."""

    choices: dict[UUID, Side] = {}


@get("/api/customers/{customer_id:uuid}/merge-preview", opt=READERS)
async def get_preview(
    tx: Connection, me: Me, customer_id: UUID, with_id: Annotated[UUID, QueryParameter(name="with")]
) -> MergePreview:
    """What would be one, if these two were merged; the first one's name would be shown."""
    found = await preview(tx, customer_id, with_id)
    for one in (found.one.id, found.other.id):
        await note_look(tx, me, one, "preview")
    return found


@post("/api/customers/{customer_id:uuid}/merge", opt=AGENTS, status_code=200)
async def post_merge(tx: Connection, me: Me, clock: Clock, customer_id: UUID, data: MergeWith) -> Link:
    """Show both as one person, under the name of the first."""
    link_id = await merge(tx, customer_id, data.other_id, SET_BY_AGENT, [], me, clock.now(), data.why)
    return await link_by_id(tx, link_id)


@get("/api/customers/{customer_id:uuid}/links", opt=READERS)
async def get_links(tx: Connection, me: Me, customer_id: UUID) -> list[Link]:
    """By which links records are one person, the newest first."""
    found = await links_of(tx, customer_id)
    await note_look(tx, me, (await members(tx, customer_id))[0], "links")
    return found


@get("/api/links/{link_id:uuid}/shared", opt=READERS)
async def get_shared(tx: Connection, link_id: UUID) -> list[Shared]:
    """What belongs to both, and has to be given to somebody when they are taken apart."""
    return await shared(tx, link_id)


@post("/api/links/{link_id:uuid}/unmerge", opt=AGENTS, status_code=200)
async def post_unmerge(tx: Connection, me: Me, clock: Clock, link_id: UUID, data: Unmerge) -> Link:
    """Take a merge back: both stand as if never merged. What is not chosen for is of both."""
    await unmerge(tx, link_id, data.choices, me, clock.now())
    return await link_by_id(tx, link_id)


routes = [get_preview, post_merge, get_links, get_shared, post_unmerge]
