"""Cursors: a place in a list, as `<time>_<id>`."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from doorstep.kernel import Invalid

Place = tuple[datetime, UUID]

FIRST: Place = (datetime(1, 1, 2, tzinfo=UTC), UUID(int=0))
LAST: Place = (datetime(9999, 12, 30, tzinfo=UTC), UUID(int=(1 << 128) - 1))


def cursor(at: datetime, identifier: UUID) -> str:
    """The cursor of a row."""
    return f"{at.astimezone(UTC).isoformat().replace('+00:00', 'Z')}_{identifier}"


def just_before(here: Place) -> Place:
    """The place after which `here` is the next that can be."""
    at, identifier = here
    return (at, UUID(int=identifier.int - 1)) if identifier.int else (at - timedelta(microseconds=1), LAST[1])


def place(text: str | None, otherwise: Place) -> Place:
    """Where a cursor points. Raises `Invalid`."""
    if not text:
        return otherwise
    try:
        at, _, identifier = text.rpartition("_")
        moment = datetime.fromisoformat(at)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment, UUID(identifier)
    except (ValueError, OverflowError):
        raise Invalid("This is no cursor of ours; begin without one.") from None
