"""What came with an interaction: its HTML as a page for a sandboxed frame, and its files."""

from uuid import UUID

from doorstep import pages
from doorstep.desk.model import InlineFile, Page, StoredFile
from doorstep.desk.sql import sql
from doorstep.kernel import Files, NotFound
from doorstep.store import Connection

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types a browser may show at once; all else is only ever saved."""


async def page(on: Connection, interaction_id: UUID) -> tuple[UUID, str]:
    """Whose it is, and the whole document, without remote loads or anything active. Raises `NotFound`."""
    found = await sql.row(on, "page_of", Page, id=interaction_id)
    if found is None or not found.html:
        raise NotFound("This message has no page of its own.")
    inline = await sql.rows(on, "inline_files", InlineFile, id=interaction_id)
    links = {f.content_id: f"/api/interactions/{interaction_id}/attachments/{f.id}" for f in inline}
    return found.customer_id, pages.document(found.html, lambda content_id: links.get(content_id, ""))


async def attachment(
    on: Connection, files: Files, interaction_id: UUID, attachment_id: UUID
) -> tuple[StoredFile, bytes]:
    """An attachment and its content. Raises `NotFound`, also when it belongs to another interaction."""
    found = await sql.row(on, "attachment_of", StoredFile, id=attachment_id, interaction_id=interaction_id)
    if found is None:
        raise NotFound("There is no such attachment.")
    return found, await files.read(found.sha256)
