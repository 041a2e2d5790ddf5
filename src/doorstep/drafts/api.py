"""The routes of drafts, and of the files that go with them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.params import Parameter

from doorstep.drafts.attach import LARGEST, PICTURES, attach, detach, own_file
from doorstep.drafts.keep import draft_of, drop, keep, own_drafts
from doorstep.drafts.model import Draft, DraftFile, NewDraft, OwnDraft
from doorstep.kernel import Clock, Files
from doorstep.people import AGENTS, Me
from doorstep.store import Connection, Database

UPLOAD = {**AGENTS, "seconds": 300}
Name = Annotated[str, Parameter(max_length=1000)]


@get("/api/drafts", opt=AGENTS)
async def get_drafts(db: Database, me: Me) -> list[OwnDraft]:
    """One's own drafts, the newest first."""
    async with db.connection() as on:
        return await own_drafts(on, me)


@get("/api/conversations/{conversation_id:uuid}/draft", opt=AGENTS)
async def get_draft(db: Database, me: Me, conversation_id: UUID) -> Draft | None:
    """One's own draft in a conversation; null when there is none."""
    async with db.connection() as on:
        return await draft_of(on, conversation_id, me)


@put("/api/conversations/{conversation_id:uuid}/draft", opt=AGENTS)
async def put_draft(tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: NewDraft) -> Draft:
    """Keep one's draft. 409 with the newer one (`draft`) when `version` is not the newest."""
    return await keep(tx, conversation_id, data, me, clock.now())


@delete("/api/conversations/{conversation_id:uuid}/draft", opt=AGENTS)
async def delete_draft(tx: Connection, me: Me, conversation_id: UUID) -> None:
    """Drop one's draft and its files."""
    await drop(tx, conversation_id, me)


@post(
    "/api/conversations/{conversation_id:uuid}/draft/attachments",
    opt=UPLOAD,
    request_max_body_size=LARGEST + 1,
)
async def post_attachment(
    request: Request[Any, Any, Any],
    db: Database,
    files: Files,
    me: Me,
    clock: Clock,
    conversation_id: UUID,
    name: Name = "",
    inline: bool = False,
) -> DraftFile:
    """Attach a file to one's draft: its bytes are the body. `inline`: a picture within the text."""
    said_type = request.headers.get("content-type", "")
    return await attach(
        db, files, conversation_id, name, request.stream(), said_type, inline, me, clock.now()
    )


@get("/api/conversations/{conversation_id:uuid}/draft/attachments/{attachment_id:uuid}", opt=AGENTS)
async def get_attachment(
    db: Database, files: Files, me: Me, conversation_id: UUID, attachment_id: UUID
) -> Response[bytes]:
    """A file of one's draft; a picture is shown, all else is saved."""
    async with db.connection() as on:
        row = await own_file(on, conversation_id, attachment_id, me)
    is_shown = row.media_type in PICTURES
    return Response(
        await files.read(row.sha256),
        media_type=row.media_type if is_shown else "application/octet-stream",
        headers={
            "Content-Disposition": "inline" if is_shown else "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@delete("/api/conversations/{conversation_id:uuid}/draft/attachments/{attachment_id:uuid}", opt=AGENTS)
async def delete_attachment(tx: Connection, me: Me, conversation_id: UUID, attachment_id: UUID) -> None:
    """Take a file from one's draft."""
    await detach(tx, conversation_id, attachment_id, me)


routes = [
    get_drafts,
    get_draft,
    put_draft,
    delete_draft,
    post_attachment,
    get_attachment,
    delete_attachment,
]
