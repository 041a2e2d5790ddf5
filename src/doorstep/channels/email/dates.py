"""When a mail was written."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from doorstep.channels.email.headers import Headers
from doorstep.channels.email.place import MONTHS

OLDEST = timedelta(days=30)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=10)
"""A Date further from the arrival than this is a wrong clock, not a slow post."""

_MONTHS = {name.lower(): f"{number:02}" for number, name in enumerate(MONTHS, start=1)}
_USUAL = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun), )?(\d{1,2}) ([a-z]{3}) ((?:19|20)\d\d)"
    r" (\d\d:\d\d:\d\d) ([+-]\d\d)([0-5]\d)"
    r"(?: \([a-z]{1,8}\))?",
    re.ASCII | re.IGNORECASE,
)
"""As nearly all programs write it; the parser of the standard library takes ten times as long."""


def happened_at(headers: Headers, received_at: datetime) -> datetime:
    """The mail's own Date, where it can be true; else when it came."""
    said = date(headers.said("date"))
    if said is None or not received_at - OLDEST <= said <= received_at + AHEAD:
        return received_at
    return min(said, received_at)


def long_ago(headers: Headers, now: datetime, otherwise: datetime) -> datetime:
    """When a mail of the past was written: its Date, else when a server took it, however long ago."""
    said = (date(headers.said("date")), date(_stamp(headers.said("received"))))
    return next((at for at in said if at and EPOCH <= at <= now), min(otherwise, now))


def _stamp(received: str) -> str:
    """The date of a Received header: what stands behind its last semicolon (RFC 5321 §4.4)."""
    return received.rpartition(";")[2]


def date(value: str) -> datetime | None:
    """An RFC 5322 date in UTC; none if it is none."""
    if usual := _USUAL.fullmatch(value):
        return _as_usual(usual)
    try:
        said = parsedate_to_datetime(value[:100])
        return said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _as_usual(said: re.Match[str]) -> datetime | None:
    day, name, year, clock, hours, minutes = said.groups()
    month = _MONTHS.get(name.lower())
    if month is None:
        return None
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day:0>2}T{clock}{hours}:{minutes}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
