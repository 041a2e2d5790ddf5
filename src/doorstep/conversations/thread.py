"""Thread: which conversation does it belong to? First form: by our token, else by the names of messages.

The keys of an arrival, best first: the token of ours that it carries; the messages it answers, nearest
first; a conversation that was waiting for this very message, because an answer overtook it; its own name,
when it came by another inbox too. None of them, and it opens a new matter. Never by a bare subject.
"""

import secrets
from collections.abc import Sequence

from doorstep.conversations.model import Found, Matter
from doorstep.customers import Known
from doorstep.kernel import Signal, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)

MOST_REFERENCES = 50


async def thread(tx: Connection, signals: Sequence[Signal], people: Sequence[Known]) -> list[Matter]:
    """The matter of each signal, in their order; within a batch, answers and roots find each other too."""
    found = await _find(tx, signals)
    here: dict[str, Matter] = {}
    matters = []
    for index, (signal, person) in enumerate(zip(signals, people, strict=True)):
        matter = _best(found.get(index), signal, here) or _fresh(person)
        if signal.message_id:
            here.setdefault(signal.message_id, _joined(matter))
        for name in signal.references:
            here.setdefault(name, _joined(matter))
        matters.append(matter)
    return matters


async def _find(tx: Connection, signals: Sequence[Signal]) -> dict[int, Found]:
    names, own, tokens = [], [], []
    for index, signal in enumerate(signals):
        references = signal.references[:MOST_REFERENCES]
        names += [(index, rank, name, signal.inbox_id) for rank, name in enumerate(references, 1)]
        if signal.message_id:
            names.append((index, MOST_REFERENCES + 2, signal.message_id, signal.inbox_id))
            own.append((index, MOST_REFERENCES + 1, signal.message_id))
        if signal.token:
            tokens.append((index, signal.token))
    if not (names or tokens):
        return {}
    rows = await sql.rows(
        tx,
        "find_threads",
        Found,
        arrivals=[n[0] for n in names],
        ranks=[n[1] for n in names],
        names=[n[2] for n in names],
        inbox_ids=[n[3] for n in names],
        own_arrivals=[o[0] for o in own],
        own_ranks=[o[1] for o in own],
        own_names=[o[2] for o in own],
        token_arrivals=[t[0] for t in tokens],
        tokens=[t[1] for t in tokens],
    )
    best: dict[int, Found] = {}
    for row in sorted(rows, key=lambda row: (row.arrival, row.rank)):
        best.setdefault(row.arrival, row)
    return best


def _best(found: Found | None, signal: Signal, here: dict[str, Matter]) -> Matter | None:
    if found is not None:
        return Matter(found.conversation_id, found.customer_id)
    names = (*signal.references, signal.message_id) if signal.message_id else signal.references
    return next((here[name] for name in names if name in here), None)


def _fresh(person: Known) -> Matter:
    return Matter(new_id(), person.customer_id, token=secrets.token_hex(10), opens=True)


def _joined(matter: Matter) -> Matter:
    return Matter(matter.conversation_id, matter.customer_id)
