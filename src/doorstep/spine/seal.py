"""Seal: what holds a card number is masked before it is journalled, and its original is given to nobody.

The original is kept whole for a few days, in case the masking was wrong, and is redacted then.
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from doorstep.kernel import Reading, Signal
from doorstep.kernel.cards import masked
from doorstep.store import Database, beside

sql = beside(__file__)

AT_ONCE = 200


def masked_signal(signal: Signal) -> Signal:
    """The signal without card numbers in what people read of it; the same object when there were none."""
    before = (signal.subject, signal.text, signal.said, signal.html)
    after = tuple(masked(words) for words in before)
    files = tuple(msgspec.structs.replace(a, name=masked(a.name)) for a in signal.attachments)
    if after == before and files == signal.attachments:
        return signal
    subject, text, said, html = after
    return msgspec.structs.replace(
        signal, subject=subject, text=text, said=said, html=html, attachments=files
    )


def masked_reading(reading: Reading) -> Reading:
    """The same of what a slow look found."""
    text = masked(reading.text)
    return reading if text is reading.text else msgspec.structs.replace(reading, text=text)


async def redact_sealed(db: Database, now: datetime, keep: timedelta) -> int:
    """Let go of the originals sealed before `now - keep`; what was read of them stays. Returns how many."""
    redacted = 0
    while True:
        async with db.transaction() as tx:
            ids: list[UUID] = [
                row[0] for row in await sql.tuples(tx, "redact", before=now - keep, most=AT_ONCE)
            ]
        redacted += len(ids)
        if len(ids) < AT_ONCE:
            return redacted
