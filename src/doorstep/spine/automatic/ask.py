"""Ask: put in a job for each message that may be answered by itself, in the transaction that shows it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from doorstep.conversations import Entry
from doorstep.kernel import Kind, new_id
from doorstep.spine.automatic.configure import sql
from doorstep.store import Connection

JOB = "answer.automatic"


async def ask(tx: Connection, entries: Sequence[Entry]) -> None:
    """For people's messages only, of now, and unsuspected, by an inbox that answers."""
    asked = [e for e in entries if _may_be_answered(e)]
    if asked:
        await sql.run(
            tx,
            "ask",
            ids=[new_id() for _ in asked],
            kind=JOB,
            keys=[str(e.id) for e in asked],
            payloads=[msgspec.json.encode((e.id, e.matter.opens)) for e in asked],
            due_at=datetime.now(UTC),
        )


def _may_be_answered(entry: Entry) -> bool:
    signal = entry.signal
    return (
        entry.answers_itself
        and signal.kind is Kind.MESSAGE
        and not (entry.is_ours or signal.is_past or signal.suspicion)
        and not signal.sender.value.endswith(".invalid")
    )
