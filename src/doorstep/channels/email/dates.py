"""When a mail was written."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from doorstep.channels.email.headers import Headers, plain

OLDEST = timedelta(days=30)
AHEAD = timedelta(minutes=10)
"""A Date further from the arrival than this is a wrong clock, not a slow post."""


def happened_at(headers: Headers, received_at: datetime) -> datetime:
    """The mail's own Date, where it can be true; else when it came."""
    said = date(plain(headers.raw("date")))
    if said is None or not received_at - OLDEST <= said <= received_at + AHEAD:
        return received_at
    return min(said, received_at)


def date(value: str) -> datetime | None:
    """An RFC 5322 date in UTC; none if it is none."""
    try:
        said = parsedate_to_datetime(value[:100])
        return said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
