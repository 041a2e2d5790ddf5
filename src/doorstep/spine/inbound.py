"""The one path: what a customer did becomes a line on an agent's screen.

    identify ▸ thread ▸ understand ▸ route ▸ show

Each is a verb of one room, takes the whole batch and runs set-based statements of index probes. A batch is
one transaction, which `worker.py` commits. Nothing slow is in here: what is slow comes back as a reading of
the same signal, and takes this way again.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep import pages
from doorstep.conversations import Entry, amend, file, thread
from doorstep.customers import identify
from doorstep.desk import show
from doorstep.kernel import Reading, Signal
from doorstep.routing import route
from doorstep.spine.model import Claimed
from doorstep.store import Connection, beside
from doorstep.understanding import Understood, understand

sql = beside(__file__)


class Fenced(Exception):
    """The claim ran out and somebody else has it: what was done must not be committed."""


class Prepared(msgspec.Struct, frozen=True):
    """A claimed signal, read and understood before any transaction begins."""

    claimed: Claimed
    signal: Signal
    understood: Understood
    html: str

    @property
    def is_reading(self) -> bool:
        """Whether it was here before, and is better known now."""
        return self.claimed.is_reading


def prepare(claimed: Claimed, content: bytes) -> Prepared:
    """Read and understand one signal; what fails here fails for it alone."""
    signal = msgspec.json.decode(content, type=Signal)
    for reading in claimed.readings:
        signal = _joined(signal, msgspec.json.decode(reading, type=Reading))
    return Prepared(claimed, signal, understand(signal), pages.clean(signal.html) if signal.html else "")


def _joined(signal: Signal, reading: Reading) -> Signal:
    return msgspec.structs.replace(
        signal,
        text=reading.text or signal.text,
        sender=reading.sender or signal.sender,
        references=(*reading.references, *signal.references),
        attested={**signal.attested, **reading.attested},
    )


async def take_in(tx: Connection, batch: Sequence[Prepared], owner: UUID) -> None:
    """Take a batch in. Raises `Fenced` when a claim was lost, `Raced` when it should just be done again."""
    await _settle(tx, batch, owner)
    signals = [p.signal for p in batch]
    people = await identify(tx, [s.sender for s in signals])
    matters = await thread(tx, signals, people)
    routes = await route(tx, [s.inbox_id for s in signals])
    entries = [
        Entry(
            p.claimed.signal_id,
            p.signal,
            p.claimed.received_at,
            person,
            matter,
            to.queue_id,
            p.claimed.received_at + to.reply_within,
            p.understood.matter,
            p.html,
        )
        for p, person, matter, to in zip(batch, people, matters, routes, strict=True)
    ]
    fresh = [e for e, p in zip(entries, batch, strict=True) if not p.is_reading]
    known = list({e.id: e for e, p in zip(entries, batch, strict=True) if p.is_reading}.values())
    await show(tx, fresh, await file(tx, fresh), "signal.shown")
    await show(tx, known, await amend(tx, known), "signal.read")


async def _settle(tx: Connection, batch: Sequence[Prepared], owner: UUID) -> None:
    if await sql.run(tx, "settle", ids=[p.claimed.id for p in batch], owner=owner) < len(batch):
        raise Fenced
