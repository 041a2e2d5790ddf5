"""Attach a file to a draft: streamed to the file store, checked, and found again through its draft alone."""

import mimetypes
import re
import unicodedata
from collections.abc import AsyncIterable
from datetime import datetime
from uuid import UUID

from doorstep.drafts.keep import begun, shown, sql
from doorstep.drafts.model import DraftFile, FileRow
from doorstep.kernel import Files, Invalid, NotFound, TooMuch, new_id
from doorstep.people import Me
from doorstep.store import Connection, Database, let_go_files, use_files

LARGEST = 20_000_000
LARGEST_TOGETHER = 25_000_000
MOST = 50
BLOCKED = re.compile(
    r"""\.(ade|adp|apk|app|appx|bat|bin|cab|chm|cmd|com|cpl|dll|dmg|exe|gadget|hta|inf|ins|iso|isp|jar|jse?|lib
    |lnk|mde|msc|msi|msix|msp|mst|nsh|pif|ps1|ps2|psc1|psm1|reg|rgs|scr|sct|sh|shb|sys|url|vb|vbe|vbs|vhdx?
    |vxd|wsc|wsf|wsh|xll|xlam)$""",
    re.I | re.X,
)
"""Endings that run something where they are opened; most mail servers refuse them too."""
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")


async def attach(
    db: Database,
    files: Files,
    conversation_id: UUID,
    name: str,
    content: AsyncIterable[bytes],
    said_type: str,
    is_inline: bool,
    me: Me,
    now: datetime,
) -> DraftFile:
    """Take a file in. Raises `NotFound`, `Invalid` for what may not leave, `TooMuch`."""
    name = safe_name(name)
    await _check_there(db, conversation_id)
    sha256, size = await files.keep_stream(_checked(content, name), LARGEST)
    if not size:
        raise Invalid(f"{name} is empty.")
    media_type = type_of(name, said_type)
    if is_inline and media_type not in PICTURES:
        raise Invalid("Only PNG, JPEG, GIF and WebP pictures can stand within the text.")
    file_id = new_id()
    content_id = f"{file_id.hex}@inline" if is_inline else ""
    row = FileRow(file_id, name, media_type, size, sha256, content_id, is_inline)
    async with db.transaction() as tx:
        await _add(tx, conversation_id, row, me, now)
    return shown(row)


async def detach(tx: Connection, conversation_id: UUID, file_id: UUID, me: Me) -> None:
    """Take a file from one's own draft. Raises `NotFound`."""
    whose = {"agent_id": me.agent_id, "conversation_id": conversation_id}
    sha256 = await sql.value(tx, "detach", id=file_id, **whose)
    if sha256 is None:
        raise NotFound("There is no such file in your draft.")
    await let_go_files(tx, [file_id], [sha256])


async def own_file(on: Connection, conversation_id: UUID, file_id: UUID, me: Me) -> FileRow:
    """A file of one's own draft. Raises `NotFound`, also when it is somebody else's."""
    whose = {"agent_id": me.agent_id, "conversation_id": conversation_id}
    row = await sql.row(on, "own_file", FileRow, id=file_id, **whose)
    if row is None:
        raise NotFound("There is no such file in your draft.")
    return row


def safe_name(name: str) -> str:
    """The last part of it, without what no file is called; raises `Invalid` for what runs when opened."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    kept = " ".join(re.sub(r'[<>:"|?*]', "_", kept).split()).strip(". ")[-200:]
    if not kept:
        raise Invalid("A file has a name: give it as ?name=….")
    if BLOCKED.search(kept):
        raise Invalid(f"{kept} is a program, and mail servers refuse those. Send a link to it instead.")
    return kept


def type_of(name: str, said: str) -> str:
    """By its ending; else as the browser said, if that is a type at all."""
    guessed, encoding = mimetypes.guess_type(name)
    if guessed and not encoding:
        return guessed
    bare = said.partition(";")[0].strip().lower()
    return bare if _TYPE.fullmatch(bare) and not bare.startswith(("multipart/", "message/")) else OTHER


OTHER = "application/octet-stream"


async def _checked(content: AsyncIterable[bytes], name: str) -> AsyncIterable[bytes]:
    """It, unless it begins as a program does."""
    beginning = b""
    async for chunk in content:
        if len(beginning) < 4:
            beginning += chunk[:4]
            if beginning.startswith(PROGRAMS):
                raise Invalid(f"{name} is a program, whatever it is called. Send a link to it instead.")
        yield chunk


async def _check_there(db: Database, conversation_id: UUID) -> None:
    async with db.connection() as on:
        if await sql.value(on, "whose_conversation", conversation_id=conversation_id) is None:
            raise NotFound("There is no such conversation.")


async def _add(tx: Connection, conversation_id: UUID, row: FileRow, me: Me, now: datetime) -> None:
    draft = await begun(tx, conversation_id, me, now)
    there = await sql.rows(tx, "files_of", FileRow, draft_id=draft.id)
    if sum(file.size for file in there) + row.size > LARGEST_TOGETHER or len(there) >= MOST:
        raise TooMuch(f"At most {LARGEST_TOGETHER // 1_000_000} MB and {MOST} files a reply.")
    await use_files(tx, [(row.sha256, row.id)])
    await sql.run(
        tx,
        "attach_to_draft",
        id=row.id,
        draft_id=draft.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        content_id=row.content_id,
        inline=row.inline,
    )
