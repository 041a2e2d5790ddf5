"""A batch of rows of one kind, taken: what can go in goes in, the rest is refused row by row."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from doorstep.commerce.kinds import Kind, named
from doorstep.commerce.model import Outcome, Refusal, Report
from doorstep.commerce.read import read
from doorstep.commerce.rows import Row
from doorstep.store import Connection, outbox

CURES = {
    "order": "No order {value!r} of {source!r} is here. Send the order first, then this row.",
    "customer": "No customer {value!r} of {source!r} is here. Send the customer first, then this row.",
    "mailbox": "Nobody here has the mailbox {value!r}. Send the customer first, then this row.",
    "product": "No product {value!r} of {source!r} is here. Send the product first, then this row.",
    "location": "No location {value!r} of {source!r} is here. Send the location first, then this row.",
}


async def take(
    tx: Connection,
    kind: str,
    source: str,
    rows: Sequence[Mapping[str, Any]],
    actor_id: UUID | None = None,
) -> Report:
    """Take `rows` of `kind`, counted from 1. The second time they change and tell nothing.

    Of two rows with one key the last counts. Raises `NotFound` for a kind there is not.
    """
    wanted = named(kind)
    read_rows = [read(wanted.row, number, fields) for number, fields in enumerate(rows, 1)]
    return await take_read(tx, wanted, source, list(enumerate(read_rows, 1)), actor_id)


async def take_read(
    tx: Connection,
    kind: Kind,
    source: str,
    rows: Sequence[tuple[int, Row | Refusal]],
    actor_id: UUID | None = None,
) -> Report:
    """Take rows that are read already, each with its number."""
    good = [(number, row) for number, row in rows if not isinstance(row, Refusal)]
    last = {row.key: (number, row) for number, row in good}
    batch = list(last.values())
    outcomes = await kind.put(tx, source, [row for _, row in batch]) if batch else []
    told = [(outcome.customer_id, None, outcome.id) for outcome in outcomes if not outcome.missing]
    await outbox.tell_many(tx, kind.event, told, actor_id)
    astray = [_refused(source, *batch[o.n - 1], o) for o in outcomes if o.missing]
    refused = [row for _, row in rows if isinstance(row, Refusal)] + astray
    ordered = tuple(sorted(refused, key=lambda refusal: refusal.row))
    return Report(len(told), len(good) - len(told) - len(astray), ordered)


def _refused(source: str, number: int, row: Row, outcome: Outcome) -> Refusal:
    field = outcome.missing or ""
    value = _value(row, field)
    cure = CURES[field.rpartition(".")[2]].format(value=value, source=source)
    return Refusal(number, row.key, field, cure)


def _value(row: Any, field: str) -> str:
    if field.startswith("lines["):
        return str(row.lines[int(field[6 : field.index("]")])].product)
    return str(getattr(row, field))
