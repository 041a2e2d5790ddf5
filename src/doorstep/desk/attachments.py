"""What came with an interaction: its HTML as a page for a sandboxed frame, and its files."""

from uuid import UUID

from doorstep import pages
from doorstep.desk.model import InlineFile, Page, StoredFile
from doorstep.desk.sql import sql
from doorstep.kernel import Files, NotFound
from doorstep.store import Connection

SHOWN = {
    **{kind: kind for kind in ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")},
    **{kind: "text/plain" for kind in ("text/plain", "text/csv", "text/markdown")},
}
"""Types a browser may show at once, and what they are shown as; all else is only ever saved."""


async def page(on: Connection, interaction_id: UUID, asked: bool = False) -> tuple[UUID, str, bool]:
    """Whose it is, the whole document, and whether it may load pictures from elsewhere. Raises `NotFound`.

    It may when they are `asked` for, or somebody said: always from this sender. Nothing in it is active.
    """
    found = await sql.row(on, "page_of", Page, id=interaction_id)
    if found is None or not found.html:
        raise NotFound("This message has no page of its own.")
    inline = await sql.rows(on, "inline_files", InlineFile, id=interaction_id)
    links = {f.content_id: f"/api/interactions/{interaction_id}/attachments/{f.id}" for f in inline}
    has_pictures = asked or found.is_shown
    html = pages.with_pictures(found.html) if has_pictures else found.html
    document = pages.document(html, lambda cid: links.get(cid, ""), from_afar=has_pictures)
    return found.customer_id, document, has_pictures


async def show_pictures(tx: Connection, interaction_id: UUID, agent_id: UUID, is_always: bool) -> UUID:
    """Load the pictures of whoever sent this always, or no longer; whose it is. Raises `NotFound`."""
    verb = "show_pictures" if is_always else "hide_pictures"
    customer_id: UUID | None = await sql.value(tx, "sender_of", id=interaction_id)
    if customer_id is None:
        raise NotFound("This message has no sender whose pictures could be shown.")
    values = {"agent_id": agent_id} if is_always else {}
    await sql.run(tx, verb, id=interaction_id, **values)
    return customer_id


async def attachment(
    on: Connection, files: Files, interaction_id: UUID, attachment_id: UUID
) -> tuple[StoredFile, bytes]:
    """An attachment and its content. Raises `NotFound`, also when it belongs to another interaction."""
    found = await sql.row(on, "attachment_of", StoredFile, id=attachment_id, interaction_id=interaction_id)
    if found is None:
        raise NotFound("There is no such attachment.")
    return found, await files.read(found.sha256)
