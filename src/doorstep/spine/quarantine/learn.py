"""Learn: what an inbox remembers of the mails that somebody here judged."""

from uuid import UUID

import msgspec

from doorstep.kernel import Signal
from doorstep.spine.quarantine.judge import sql
from doorstep.spine.quarantine.model import Row
from doorstep.spine.quarantine.words import words_of
from doorstep.store import Connection


async def learn(tx: Connection, row: Row, unwanted: int, wanted: int) -> None:
    """Count its words so many times; -1 forgets them. One whose content is gone teaches nothing."""
    content = await sql.value(tx, "content", signal_id=row.signal_id, received_at=row.received_at)
    if not content:
        return
    words = sorted(words_of(msgspec.json.decode(content, type=Signal)))
    await sql.run(tx, "learn", inbox_id=row.inbox_id, unwanted=unwanted, wanted=wanted)
    await sql.run(tx, "learn_words", inbox_id=row.inbox_id, words=words, unwanted=unwanted, wanted=wanted)


async def remember(tx: Connection, inbox_id: UUID, pattern: str, is_trusted: bool) -> None:
    """Trust or block a sender in an inbox."""
    await sql.run(tx, "set_rule", inbox_id=inbox_id, pattern=pattern, is_trusted=is_trusted)


async def forget(tx: Connection, inbox_id: UUID, pattern: str) -> bool:
    """Neither trust nor block it any more; False when there was no such rule."""
    return bool(await sql.run(tx, "drop_rule", inbox_id=inbox_id, pattern=pattern))
