"""Hold: put signals into quarantine, where they stay whole."""

from collections.abc import Sequence

from doorstep.kernel import Signal, new_id
from doorstep.spine.model import Prepared
from doorstep.spine.quarantine.judge import sql
from doorstep.store import Connection, outbox

BEGINNING = 300
"""Characters of the text that are shown."""


async def hold(tx: Connection, batch: Sequence[Prepared]) -> None:
    """Put them in, within the transaction that takes their batch in."""
    if not batch:
        return
    ids = [new_id() for _ in batch]
    await sql.run(
        tx,
        "hold",
        ids=ids,
        signal_ids=[p.claimed.signal_id for p in batch],
        received=[p.claimed.received_at for p in batch],
        inbox_ids=[p.signal.inbox_id for p in batch],
        channels=[p.signal.channel for p in batch],
        lanes=[p.claimed.lane for p in batch],
        priorities=[p.claimed.priority for p in batch],
        reasons=[p.unwanted for p in batch],
        sender_kinds=[p.signal.sender.kind for p in batch],
        sender_values=[p.signal.sender.value for p in batch],
        sender_names=[p.signal.sender.name for p in batch],
        subjects=[p.signal.subject for p in batch],
        beginnings=[beginning(p.signal) for p in batch],
    )
    await outbox.tell_many(tx, "quarantine.held", [(None, None, one) for one in ids])


def beginning(signal: Signal) -> str:
    """The first words, on one line."""
    return " ".join(signal.text[: BEGINNING * 2].split())[:BEGINNING]
