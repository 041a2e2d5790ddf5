"""Pass on: the files of the interaction that is forwarded go along, by reference."""

from uuid import UUID

from doorstep.drafts import LARGEST_TOGETHER, REFERRED
from doorstep.kernel import TooMuch, new_id
from doorstep.replies.model import Referred
from doorstep.store import Connection, beside, use_files

sql = beside(__file__)


async def pass_on(tx: Connection, of_id: UUID, reply_id: UUID) -> None:
    """Refer to them. Raises `TooMuch` when all files together are larger than a reply may be."""
    files = await sql.rows(tx, "files_referred_to", Referred, id=of_id)
    ids = [new_id() for _ in files]
    for place, (file_id, file) in enumerate(zip(ids, files, strict=True), REFERRED):
        await sql.run(
            tx,
            "refer",
            id=file_id,
            interaction_id=reply_id,
            position=place,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            content_id=file.content_id,
            inline=file.inline,
        )
    await use_files(tx, [(file.sha256, file_id) for file_id, file in zip(ids, files, strict=True)])
    if await sql.value(tx, "size_of_files", id=reply_id) > LARGEST_TOGETHER:
        raise TooMuch(f"With its files it is larger than {LARGEST_TOGETHER // 1_000_000} MB.")
