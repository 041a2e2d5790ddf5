"""Keep a draft: one for each agent and conversation. Of two tabs, whoever saw the newest version writes."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep import pages
from doorstep.drafts.model import Draft, DraftFile, DraftRow, FileRow, Mode, NewDraft, OwnDraft
from doorstep.kernel import Address, Conflict, NotFound, new_id
from doorstep.kernel.cards import masked
from doorstep.people import Me
from doorstep.store import Connection, beside, let_go_files

sql = beside(__file__)

MOST = 200
People = tuple[Address, ...]
Recipients = tuple[People, People, People]


async def draft_of(on: Connection, conversation_id: UUID, me: Me) -> Draft | None:
    """One's own draft in a conversation."""
    row = await sql.row(on, "draft", DraftRow, agent_id=me.agent_id, conversation_id=conversation_id)
    return await whole(on, row) if row and row.version >= 0 else None


async def own_drafts(on: Connection, me: Me) -> list[OwnDraft]:
    """All of one's own, the newest first."""
    return await sql.rows(on, "own_drafts", OwnDraft, agent_id=me.agent_id, most=MOST)


async def keep(tx: Connection, conversation_id: UUID, new: NewDraft, me: Me, now: datetime) -> Draft:
    """Keep it. Raises `NotFound`, `TooMuch`, or `Conflict` with the newer one when `version` is old."""
    html = masked(pages.ours(new.html)) if new.html else ""
    there = await begun(tx, conversation_id, me, now)
    if new.version != there.version:
        newer = await whole(tx, there)
        raise Conflict("This draft was changed in another window. Here is what it says now.", draft=newer)
    row = await sql.row(
        tx,
        "keep_draft",
        DraftRow,
        id=there.id,
        mode=new.mode,
        recipients=msgspec.json.encode((new.to, new.cc, new.bcc)),
        subject=masked(new.subject),
        html=html,
        text=masked(new.text) or pages.text_of(html),
        of_id=new.of,
        now=now,
    )
    return await whole(tx, row or there)


async def begun(tx: Connection, conversation_id: UUID, me: Me, now: datetime) -> DraftRow:
    """One's draft in a conversation, locked; an empty one when there was none. Raises `NotFound`."""
    whose = {"agent_id": me.agent_id, "conversation_id": conversation_id}
    if row := await sql.row(tx, "lock_draft", DraftRow, **whose):
        return row
    await sql.run(tx, "begin_draft", id=new_id(), now=now, **whose)
    row = await sql.row(tx, "lock_draft", DraftRow, **whose)
    if row is None:
        raise NotFound("There is no such conversation.")
    return row


async def drop(tx: Connection, conversation_id: UUID, me: Me) -> None:
    """Drop it, and its files; harmless when there is none."""
    row = await sql.row(tx, "lock_draft", DraftRow, agent_id=me.agent_id, conversation_id=conversation_id)
    if row:
        files = await sql.rows(tx, "files_of", FileRow, draft_id=row.id)
        await let_go_files(tx, [file.id for file in files], [file.sha256 for file in files])
        await sql.run(tx, "drop_draft", id=row.id)


async def whole(on: Connection, row: DraftRow) -> Draft:
    """A draft with its files."""
    files = await sql.rows(on, "files_of", FileRow, draft_id=row.id)
    to, cc, bcc = msgspec.json.decode(row.recipients, type=Recipients)
    mode: Mode = row.mode
    return Draft(
        row.conversation_id,
        mode,
        to,
        cc,
        bcc,
        row.subject,
        row.html,
        row.text,
        row.of_id,
        row.version,
        row.changed_at,
        [shown(file) for file in files],
    )


def shown(file: FileRow) -> DraftFile:
    """A file as the composer sees it."""
    return DraftFile(file.id, file.name, file.media_type, file.size, file.inline, file.content_id)
