"""Rows that belong together: an order with three lines is three rows of a sheet, one below the other."""

from collections.abc import Iterable, Iterator

from doorstep.commerce.columns import LISTS, Fields
from doorstep.commerce.model import Refusal

Piece = tuple[int, Fields | Refusal]


def grouped(rows: Iterable[Piece]) -> Iterator[Piece]:
    """Each row with the lines and events of those that follow it under the same key, or under none."""
    held: tuple[int, Fields] | None = None
    for number, fields in rows:
        if held and not isinstance(fields, Refusal) and _goes_on(held[1], fields):
            _join(held[1], fields)
            continue
        if held:
            yield held
            held = None
        if isinstance(fields, Refusal):
            yield number, fields
        else:
            held = (number, fields)
    if held:
        yield held


def _goes_on(held: Fields, fields: Fields) -> bool:
    key = fields.get("external_id")
    return any(name in fields for name in LISTS) and (key is None or key == held.get("external_id"))


def _join(held: Fields, fields: Fields) -> None:
    for name in LISTS:
        if name in fields:
            held[name] = [*held.get(name, []), *fields[name]]
