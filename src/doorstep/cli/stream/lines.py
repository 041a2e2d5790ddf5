"""The lines of the exchange format, as `docs/identity.md` tells it: read kindly, refused with a reason."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from doorstep.customers import mailbox_of, number_of, region_of
from doorstep.kernel import Invalid

Fields = Mapping[str, Any]


class Line(msgspec.Struct, frozen=True):
    """One line: its kind, and its fields."""

    kind: str
    data: dict[str, Any]


def line_of(raw: bytes) -> Line:
    """Raises `Invalid` for what is no line of ours."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"This is no JSON: {error}.") from error
    kind = found.get("kind") if isinstance(found, dict) else None
    if kind == "end":
        return Line("end", {})
    data = found.get("data") if isinstance(found, dict) else None
    if kind not in ("record", "order", "signal") or not isinstance(data, dict):
        raise Invalid(
            'A line is {"kind": "record", "order" or "signal", "data": {…}}, the last {"kind": "end"}.'
        )
    return Line(kind, data)


def name_of(line: Line) -> str:
    """What the line is called in the answers."""
    field = {"record": "record_id", "order": "order_no", "signal": "external_id"}[line.kind]
    return text(line.data, field)


def needed(fields: Fields, name: str) -> str:
    """A field that must be there. Raises `Invalid`."""
    if found := text(fields, name):
        return found[:200]
    raise Invalid(f"{name} is missing. Say what it is called.")


def text(fields: Fields, name: str, most: int = 500) -> str:
    """A field as text; empty where there is none."""
    found = fields.get(name)
    return (
        "" if found is None or isinstance(found, dict | list) else str(found).strip().replace("\0", "")[:most]
    )


def inner(fields: Fields, name: str) -> dict[str, Any]:
    """A field that has fields; empty where there is none."""
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def time_of(fields: Fields, name: str) -> datetime | None:
    """A time, in UTC where it names no zone; None where there is none, or none that can be read."""
    said = text(fields, name)
    try:
        found = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def day_of(fields: Fields, name: str) -> date | None:
    """A day."""
    try:
        return date.fromisoformat(text(fields, name)[:10])
    except ValueError:
        return None


def place_of(fields: Fields) -> dict[str, str]:
    """A postal address."""
    names = ("name", "street", "house_no", "postcode", "city", "country")
    return {name: text(fields, name) for name in names}


class Atlas:
    """Which country a line is of, where it does not say: learnt from those that do."""

    def __init__(self) -> None:
        self._cities: dict[str, str] = {}

    def number(self, written: str, mailbox: str, city: str, country: str) -> str:
        """A telephone number, as E.164 where a country is found that has such; else as it is written."""
        said = region_of(country)
        if said and city:
            self._cities.setdefault(city.lower(), said)
        top = mailbox_of(mailbox).rpartition(".")[2]
        guesses = (said, self._cities.get(city.lower(), ""), region_of(top) if len(top) == 2 else "")
        found = next((number for guess in guesses if guess and (number := number_of(written, guess))), "")
        return found or number_of(written) or written[:40]
