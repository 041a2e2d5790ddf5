"""The original: what a reply quotes below itself, or passes on, made harmless and bounded."""

from uuid import UUID

from doorstep import pages
from doorstep.kernel import Address, AddressKind, Attachment, NotFound, Quoted, TooMuch
from doorstep.replies.model import Original
from doorstep.store import Connection, beside

sql = beside(__file__)

LONGEST = 50_000
LONGEST_HTML = 200_000
CUT = "\n[…]"


async def original(on: Connection, interaction_id: UUID, conversation_id: UUID) -> Original:
    """An interaction of this conversation. Raises `NotFound`, for a note too: those are ours alone."""
    found = await sql.row(on, "original", Original, id=interaction_id)
    if found is None or found.conversation_id != conversation_id:
        raise NotFound("There is no such message in this conversation.")
    return found


async def files_of(on: Connection, reply_id: UUID) -> tuple[Attachment, ...]:
    """The files that leave with a reply."""
    return tuple(await sql.rows(on, "files_to_send", Attachment, id=reply_id))


async def quoted(on: Connection, interaction_id: UUID, with_pictures: bool) -> Quoted | None:
    """It, as it stands in what we send; none when it is gone."""
    found = await sql.row(on, "original", Original, id=interaction_id)
    if found is None:
        return None
    to, cc = found.addresses
    return Quoted(
        sender=Address(AddressKind.MAILBOX, found.sender_value, found.sender_name),
        written_at=found.happened_at,
        to=to,
        cc=cc,
        subject=found.subject,
        text=found.text if len(found.text) <= LONGEST else found.text[:LONGEST] + CUT,
        html=_harmless(found.html, with_pictures),
    )


def _harmless(html: str, with_pictures: bool) -> str:
    """Its HTML as ours would be; empty when it is too long, so that the text is quoted."""
    if len(html) > LONGEST_HTML:
        return ""
    try:
        clean = pages.ours(html)
    except TooMuch:
        return ""
    return clean if with_pictures else pages.without_pictures(clean)
