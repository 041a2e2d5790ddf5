"""Thread: which conversation does it belong to? By our own names for it, else by the names of messages.

The keys of an arrival, best first: a message of ours that it answers; the sealed token of ours that it
carries; other messages it answers, nearest first; its own name, when it came by another inbox too; the tag
in its subject, if the sender takes part there; for a bounce, the last matter of whom it missed; a name that
the same customer answered before it came. None of them, and it opens a new matter. A name nobody here has
seen joins nobody to another person: many people answer one newsletter. Never by a bare subject.
"""

from collections.abc import Sequence
from uuid import UUID

from doorstep.conversations.model import Found, Matter
from doorstep.conversations.token import named_by, tagged, token_key
from doorstep.customers import Known
from doorstep.kernel import Kind, Signal, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)

MOST_REFERENCES = 50
OURS = 100
"""The rank of a token of ours; what answers our own messages has a lower one."""


Here = dict[str | tuple[str, UUID], Matter]
"""The matters of this batch: by the names of messages, and by what a customer answered unseen."""


async def thread(tx: Connection, signals: Sequence[Signal], people: Sequence[Known]) -> list[Matter]:
    """The matter of each signal, in their order; within a batch, answers and roots find each other too."""
    found = await _find(tx, signals, people)
    here: Here = {}
    matters = []
    for index, (signal, person) in enumerate(zip(signals, people, strict=True)):
        known = found.get(index)
        matter = _known(known) if known else _in_batch(signal, person, here) or _fresh(person)
        _remember(here, signal, person, matter)
        matters.append(matter)
    return matters


async def belongs(tx: Connection, signals: Sequence[Signal]) -> dict[int, Matter]:
    """The conversations that those of the signals belong to which answer one, by their place."""
    nobody = Known("", "", UUID(int=0), UUID(int=0))
    return {n: _known(found) for n, found in (await _find(tx, signals, [nobody] * len(signals))).items()}


async def answers_us(on: Connection, signals: Sequence[Signal]) -> frozenset[int]:
    """The places of those that carry a token of ours, or answer a message that we sent."""
    nobody = Known("", "", UUID(int=0), UUID(int=0))
    found = await _find(on, signals, [nobody] * len(signals))
    return frozenset(n for n, one in found.items() if one.rank <= OURS)


async def _find(tx: Connection, signals: Sequence[Signal], people: Sequence[Known]) -> dict[int, Found]:
    keys = [
        (index, rank, name, signal.inbox_id, person.customer_id)
        for index, (signal, person) in enumerate(zip(signals, people, strict=True))
        for rank, name in enumerate(_names(signal), 1)
    ]
    named = await _named(tx, signals)
    tags = [
        (index, *span, person.customer_id, person.identity_id)
        for index, (signal, person) in enumerate(zip(signals, people, strict=True))
        if (span := tagged(signal.subject))
    ]
    returned = [
        (index, person.customer_id)
        for index, (signal, person) in enumerate(zip(signals, people, strict=True))
        if signal.kind is Kind.BOUNCE
    ]
    if not (keys or named or tags or returned):
        return {}
    rows = await sql.rows(
        tx,
        "find_threads",
        Found,
        arrivals=[k[0] for k in keys],
        ranks=[k[1] for k in keys],
        names=[k[2] for k in keys],
        inbox_ids=[k[3] for k in keys],
        customer_ids=[k[4] for k in keys],
        token_arrivals=list(named),
        conversation_ids=list(named.values()),
        tag_arrivals=[t[0] for t in tags],
        firsts=[t[1] for t in tags],
        lasts=[t[2] for t in tags],
        tag_customers=[t[3] for t in tags],
        tag_identities=[t[4] for t in tags],
        returned_arrivals=[r[0] for r in returned],
        returned_customers=[r[1] for r in returned],
    )
    best: dict[int, Found] = {}
    for row in sorted(rows, key=lambda row: (row.arrival, row.rank)):
        best.setdefault(row.arrival, row)
    return best


async def _named(tx: Connection, signals: Sequence[Signal]) -> dict[int, UUID]:
    """The conversations named by tokens that are truly ours."""
    carried = [(index, signal.token) for index, signal in enumerate(signals) if signal.token]
    if not carried:
        return {}
    ours = await token_key(tx)
    return {index: found for index, token in carried if (found := named_by(token, ours))}


def _names(signal: Signal) -> tuple[str, ...]:
    """What it answers, nearest first, and its own name last."""
    answered = signal.references[:MOST_REFERENCES]
    return (*answered, signal.message_id) if signal.message_id else answered


def _known(found: Found) -> Matter:
    return Matter(found.conversation_id, found.customer_id)


def _in_batch(signal: Signal, person: Known, here: Here) -> Matter | None:
    names = _names(signal)
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
