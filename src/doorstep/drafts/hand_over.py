"""Hand over: a draft's files become those of the reply it was sent as; by undo they come back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from doorstep.drafts.keep import begun, keep, sql
from doorstep.drafts.model import DraftRow, FileRow, Mode, NewDraft
from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.store import Connection, let_go_files

REFERRED = 1000
"""The place from which on attachments of a forward are those of another interaction."""


async def hand_over(
    tx: Connection, conversation_id: UUID, reply_id: UUID, ids: Sequence[UUID], mode: Mode, me: Me
) -> None:
    """Give the reply these files, and sweep the draft it was. Raises `NotFound` for a file that is not there.

    A draft of another mode, as of a note beside a reply, stays.
    """
    whose = {"agent_id": me.agent_id, "conversation_id": conversation_id}
    row = await sql.row(tx, "lock_draft", DraftRow, **whose)
    if row is None and ids:
        raise NotFound("A file of this reply is no longer in your draft. Attach it again.")
    if row is None:
        return
    files = await sql.rows(tx, "files_of", FileRow, draft_id=row.id)
    await _move(tx, row.id, reply_id, ids, {file.id for file in files})
    if row.mode == mode or ids:
        left = [file for file in files if file.id not in ids]
        await let_go_files(tx, [file.id for file in left], [file.sha256 for file in left])
        await sql.run(tx, "drop_draft", id=row.id)


async def sweep_note(tx: Connection, conversation_id: UUID, me: Me, now: datetime) -> None:
    """The note that was a draft is written: it is one no more. Its files stay, for a reply."""
    row = await sql.row(tx, "lock_draft", DraftRow, agent_id=me.agent_id, conversation_id=conversation_id)
    if row is None or row.mode != "note":
        return
    if await sql.rows(tx, "files_of", FileRow, draft_id=row.id):
        await keep(tx, conversation_id, NewDraft(version=row.version), me, now)
    else:
        await sql.run(tx, "drop_draft", id=row.id)


async def _move(
    tx: Connection, draft_id: UUID, reply_id: UUID, ids: Sequence[UUID], there: set[UUID]
) -> None:
    if not set(ids) <= there:
        raise NotFound("A file of this reply is no longer in your draft. Attach it again.")
    if ids:
        await sql.run(tx, "attach_to_reply", interaction_id=reply_id, draft_id=draft_id, ids=list(ids))


async def give_back(
    tx: Connection, conversation_id: UUID, reply_id: UUID, words: NewDraft, me: Me, now: datetime
) -> list[UUID]:
    """The files of a reply that was taken back, and its words where no other draft was begun meanwhile.

    Returns the ids of the files, which are those they had. What a forward only refers to does not come along.
    """
    draft = await begun(tx, conversation_id, me, now)
    files = await sql.tuples(tx, "take_from_reply", interaction_id=reply_id, draft_id=draft.id, most=REFERRED)
    if draft.version == 0:
        await keep(tx, conversation_id, words, me, now)
    return [row[0] for row in files]
