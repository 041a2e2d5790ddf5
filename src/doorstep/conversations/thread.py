"""Thread: which conversation does it belong to? By our own names for it, else by the names of messages.

The keys of an arrival, best first: a message of ours that it answers; the sealed token of ours that it
carries; other messages it answers, nearest first; its own name, when it came by another inbox too; the tag
in its subject, if the sender takes part there; for a bounce, the last matter of whom it missed; a name that
the same customer answered before it came. What names no thread may go on in an open matter (`go_on.py`).
None of them, and it opens a new one. A name nobody here has seen joins nobody to another person: many people
answer one newsletter. Never by a bare subject.
"""

from collections.abc import Sequence
from uuid import UUID

from doorstep.conversations.find import MOST_REFERENCES, find, names_of
from doorstep.conversations.go_on import Loose, go_on, is_loose, opened_here
from doorstep.conversations.model import Found, Matter
from doorstep.customers import Known
from doorstep.kernel import Signal, new_id
from doorstep.store import Connection
from doorstep.understanding import Orders

OURS = 100
"""The rank of a token of ours; what answers our own messages has a lower one."""
NOBODY = Known("", "", UUID(int=0), UUID(int=0))

Here = dict[str | tuple[str, UUID], Matter]
"""The matters of this batch: by the names of messages, and by what a customer answered unseen."""


async def thread(
    tx: Connection, signals: Sequence[Signal], people: Sequence[Known], orders: Sequence[Orders] = ()
) -> list[Matter]:
    """The matter of each signal, in their order; within a batch, answers and roots find each other too.

    With the `orders` that each names, those that name no thread may go on in an open matter.
    """
    with_orders = enumerate(zip(signals, people, orders, strict=False))
    loose = {n: Loose(n, *parts) for n, parts in with_orders if is_loose(parts[0])}
    found = await find(tx, signals, people, list(loose.values()))
    here: Here = {}
    opened: list[tuple[Loose, Matter]] = []
    matters = []
    for n, (signal, person) in enumerate(zip(signals, people, strict=True)):
        matter = _known(found.best[n]) if n in found.best else _in_batch(signal, person, here)
        if matter is None and n in loose:
            matter = go_on(loose[n], [*found.fits.get(n, ()), *opened_here(loose[n], opened)])
            opened += [(loose[n], matter)] if matter.opens else []
        matter = matter or _fresh(person)
        _remember(here, signal, person, matter)
        matters.append(matter)
    return matters


async def belongs(tx: Connection, signals: Sequence[Signal]) -> dict[int, Matter]:
    """The conversations that those of the signals belong to which answer one, by their place."""
    found = await find(tx, signals, [NOBODY] * len(signals))
    return {n: _known(one) for n, one in found.best.items()}


async def answers_us(on: Connection, signals: Sequence[Signal]) -> frozenset[int]:
    """The places of those that carry a token of ours, or answer a message that we sent."""
    found = await find(on, signals, [NOBODY] * len(signals))
    return frozenset(n for n, one in found.best.items() if one.rank <= OURS)


def _known(found: Found) -> Matter:
    return Matter(found.conversation_id, found.customer_id)


def _in_batch(signal: Signal, person: Known, here: Here) -> Matter | None:
    names = names_of(signal)
    keys = (*names, *((name, person.customer_id) for name in names))
    return next((here[key] for key in keys if key in here), None)


def _remember(here: Here, signal: Signal, person: Known, matter: Matter) -> None:
    joined = Matter(matter.conversation_id, matter.customer_id)
    if signal.message_id:
        here.setdefault(signal.message_id, joined)
    for name in signal.references[:MOST_REFERENCES]:
        here.setdefault((name, person.customer_id), joined)


def _fresh(person: Known) -> Matter:
    return Matter(new_id(), person.customer_id, opens=True)
