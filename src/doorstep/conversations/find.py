"""Find: the conversations that the keys of arrivals name, by one statement of index probes."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from doorstep.conversations.go_on import ACTIVE, SAME_ORDER, Loose
from doorstep.conversations.model import Found
from doorstep.conversations.token import named_by, tagged, token_key
from doorstep.customers import Known
from doorstep.kernel import Kind, Signal
from doorstep.store import Connection, beside

sql = beside(__file__)

MOST_REFERENCES = 50
Arrival = tuple[int, Signal, Known]


class Named(msgspec.Struct, frozen=True):
    """By the places of arrivals: what their best key names, and what those without one may go on in."""

    best: dict[int, Found]
    fits: dict[int, list[Found]]


async def find(
    tx: Connection, signals: Sequence[Signal], people: Sequence[Known], loose: Sequence[Loose] = ()
) -> Named:
    """What the keys of these arrivals name, and what the `loose` among them may go on in."""
    arrivals = [(n, *both) for n, both in enumerate(zip(signals, people, strict=True))]
    values = {
        **_columns(("arrivals", "ranks", "names", "inbox_ids", "customer_ids"), _keys(arrivals)),
        **_columns(("token_arrivals", "conversation_ids"), (await _tokens(tx, signals)).items()),
        **_columns(("tag_arrivals", "firsts", "lasts", "tag_customers", "tag_identities"), _tags(arrivals)),
        **_columns(("returned_arrivals", "returned_customers"), _returned(arrivals)),
        **_columns(("loose_arrivals", "loose_customers", "sinces", "surely", "maybe"), map(_loose, loose)),
    }
    rows = await sql.rows(tx, "find_threads", Found, **values) if any(values.values()) else []
    found = Named({}, {})
    for row in sorted(rows, key=lambda row: (row.arrival, row.rank)):
        if row.rank < SAME_ORDER:
            found.best.setdefault(row.arrival, row)
        else:
            found.fits.setdefault(row.arrival, []).append(row)
    return found


def names_of(signal: Signal) -> tuple[str, ...]:
    """What it answers, nearest first, and its own name last."""
    answered = signal.references[:MOST_REFERENCES]
    return (*answered, signal.message_id) if signal.message_id else answered


def _columns(names: Sequence[str], rows: Any) -> dict[str, list[Any]]:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _keys(arrivals: Sequence[Arrival]) -> Iterator[tuple[Any, ...]]:
    for n, signal, person in arrivals:
        for rank, name in enumerate(names_of(signal), 1):
            yield n, rank, name, signal.inbox_id, person.customer_id


async def _tokens(tx: Connection, signals: Sequence[Signal]) -> dict[int, UUID]:
    """The conversations named by tokens that are truly ours."""
    carried = [(index, signal.token) for index, signal in enumerate(signals) if signal.token]
    if not carried:
        return {}
    ours = await token_key(tx)
    return {index: found for index, token in carried if (found := named_by(token, ours))}


def _tags(arrivals: Sequence[Arrival]) -> Iterator[tuple[Any, ...]]:
    for n, signal, person in arrivals:
        if span := tagged(signal.subject):
            yield n, *span, person.customer_id, person.identity_id


def _returned(arrivals: Sequence[Arrival]) -> Iterator[tuple[Any, ...]]:
    for n, signal, person in arrivals:
        if signal.kind is Kind.BOUNCE:
            yield n, person.customer_id


def _loose(one: Loose) -> tuple[Any, ...]:
    since = one.signal.happened_at - ACTIVE
    return one.index, one.person.customer_id, since, " ".join(one.orders.surely), " ".join(one.orders.maybe)
