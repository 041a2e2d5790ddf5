"""The desk's reading routes."""

import re
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from litestar import MediaType, Request, delete, get, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter, QueryParameter
from litestar.response import Response, Stream

from doorstep.desk.attachments import SHOWN, attachment, page, show_pictures
from doorstep.desk.model import CustomerView, Findings, FoundEntries, QueuePage, StoryPage, Words
from doorstep.desk.print import POLICY, print_out
from doorstep.desk.queue import State, View, queue
from doorstep.desk.search import search
from doorstep.desk.search_story import search_story
from doorstep.desk.stream import Listener, stream
from doorstep.desk.view import Way, story, view, words
from doorstep.kernel import Clock, Files, Invalid
from doorstep.people import AGENTS, COOKIE, READERS, Me, note_look, session_holds
from doorstep.store import Connection, Database, Event, Follower, outbox

_NUMBER = re.compile("[0-9]{1,18}")
Most = Annotated[int, Parameter(ge=1, le=200)]
PAGE_POLICY = (
    "default-src 'none'; img-src 'self' data:{from_afar}; style-src 'unsafe-inline'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


@get("/api/queue", opt=READERS)
async def get_queue(
    db: Database,
    me: Me,
    view: View = "mine",
    of: Annotated[State, QueryParameter(name="state")] = "open",
    after: str | None = None,
    limit: Most = 50,
) -> QueuePage:
    """What waits, ordered by the promise that breaks first."""
    async with db.connection() as on:
        return await queue(on, me.agent_id, view, of, after, limit)


@get(
    "/api/customers/{customer_id:uuid}/view",
    opt=READERS,
    responses={200: ResponseSpec(CustomerView, generate_examples=False)},
)
async def get_view(tx: Connection, me: Me, customer_id: UUID) -> Response[bytes]:
    """All we know of a customer, in one answer."""
    found = await view(tx, customer_id)
    await note_look(tx, me, customer_id, "view")
    return Response(found, media_type=MediaType.JSON)


@get(
    "/api/customers/{customer_id:uuid}/story",
    opt=READERS,
    responses={200: ResponseSpec(StoryPage, generate_examples=False)},
)
async def get_story(
    tx: Connection,
    me: Me,
    customer_id: UUID,
    before: str | None = None,
    after: str | None = None,
    around: str | None = None,
    limit: Most = 50,
) -> Response[bytes]:
    """A part of a customer's story: before, after or around one cursor; without one its newest."""
    asked: dict[Way, str | None] = {"before": before, "after": after, "around": around}
    given: list[Way] = [way for way, cursor in asked.items() if cursor]
    if len(given) > 1:
        raise Invalid("Ask for one side of the story at a time.")
    way = given[0] if given else "before"
    found = await story(tx, customer_id, asked[way], way, limit)
    await note_look(tx, me, customer_id, "story")
    return Response(found, media_type=MediaType.JSON)


@get("/api/customers/{customer_id:uuid}/story/search", opt=READERS)
async def get_story_search(
    tx: Connection,
    me: Me,
    customer_id: UUID,
    q: Annotated[str, Parameter(max_length=200)],
    before: str | None = None,
) -> FoundEntries:
    """Where in a customer's messages these words stand, newest first."""
    found = await search_story(tx, customer_id, q, before)
    await note_look(tx, me, customer_id, "search")
    return found


@get("/api/search", opt=READERS)
async def get_search(db: Database, q: Annotated[str, Parameter(max_length=200)]) -> Findings:
    """People and orders."""
    async with db.connection() as on:
        return await search(on, q)


@get("/api/interactions/{interaction_id:uuid}/text", opt=READERS)
async def get_text(tx: Connection, me: Me, interaction_id: UUID) -> Words:
    """All that was said, when the story holds only its beginning."""
    found = await words(tx, interaction_id)
    await note_look(tx, me, found.customer_id, "text", subject_id=interaction_id)
    return found


@get("/api/interactions/{interaction_id:uuid}/page", opt=READERS, media_type=MediaType.HTML)
async def get_page(tx: Connection, me: Me, interaction_id: UUID, pictures: bool = False) -> Response[str]:
    """A message as it was sent, for a sandboxed frame; `pictures`: with those that lie elsewhere."""
    customer_id, document, has_pictures = await page(tx, interaction_id, pictures)
    await note_look(tx, me, customer_id, "page", subject_id=interaction_id)
    return Response(
        document,
        media_type=MediaType.HTML,
        headers={
            "Content-Security-Policy": PAGE_POLICY.format(from_afar=" https:" if has_pictures else ""),
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "no-referrer",
        },
    )


@get("/api/conversations/{conversation_id:uuid}/print", opt=READERS, media_type=MediaType.HTML)
async def get_print(
    tx: Connection, me: Me, clock: Clock, conversation_id: UUID, notes: bool = False
) -> Response[str]:
    """A conversation for the printer; `notes`: with what agents wrote for each other."""
    paper = await print_out(tx, conversation_id, me, notes, clock.now())
    await note_look(tx, me, paper.customer_id, "print", conversation_id)
    return Response(
        paper.html,
        media_type=MediaType.HTML,
        headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"},
    )


@put("/api/interactions/{interaction_id:uuid}/pictures", opt=AGENTS, status_code=204)
async def put_pictures(tx: Connection, me: Me, interaction_id: UUID) -> None:
    """From now on load the pictures in whatever this message's sender sends."""
    customer_id = await show_pictures(tx, interaction_id, me.agent_id, is_always=True)
    await outbox.tell(tx, "customer.pictures", customer_id, subject_id=interaction_id, actor_id=me.agent_id)


@delete("/api/interactions/{interaction_id:uuid}/pictures", opt=AGENTS, status_code=204)
async def delete_pictures(tx: Connection, me: Me, interaction_id: UUID) -> None:
    """Load its sender's pictures only when they are asked for."""
    customer_id = await show_pictures(tx, interaction_id, me.agent_id, is_always=False)
    await outbox.tell(tx, "customer.pictures", customer_id, subject_id=interaction_id, actor_id=me.agent_id)


@get("/api/interactions/{interaction_id:uuid}/attachments/{attachment_id:uuid}", opt=READERS)
async def get_attachment(
    tx: Connection, me: Me, files: Files, interaction_id: UUID, attachment_id: UUID
) -> Response[bytes]:
    """An attached file; shown when it is a plain picture, PDF or text, else saved."""
    stored, content = await attachment(tx, files, interaction_id, attachment_id)
    await note_look(tx, me, stored.customer_id, "attachment", subject_id=attachment_id)
    way = "inline" if stored.media_type in SHOWN else "attachment"
    return Response(
        content,
        media_type=SHOWN.get(stored.media_type, "application/octet-stream"),
        headers={
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(stored.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@get(
    "/api/stream",
    opt=READERS,
    media_type="text/event-stream",
    responses={200: ResponseSpec(Event, generate_examples=False)},
)
async def get_stream(
    request: Request[Any, Any, Any],
    db: Database,
    follower: Follower,
    me: Me,
    clock: Clock,
    last_event_id: int | None = None,
) -> Stream:
    """Every change, as it happens (SSE); resumes after `Last-Event-ID`, ends with the session."""
    header = request.headers.get("last-event-id", "")
    seen = int(header) if _NUMBER.fullmatch(header) else last_event_id
    token = request.cookies.get(COOKIE, "")

    async def is_welcome() -> bool:
        async with db.connection() as on:
            return await session_holds(on, token, clock.now())

    return Stream(
        stream(db, follower, Listener(me.agent_id, is_welcome), seen),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


routes = [
    get_queue,
    get_view,
    get_story,
    get_story_search,
    get_search,
    get_text,
    get_page,
    get_print,
    put_pictures,
    delete_pictures,
    get_attachment,
    get_stream,
]
