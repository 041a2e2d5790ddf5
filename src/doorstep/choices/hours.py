"""Hours: whether a customer may be reached now, and from when on. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from doorstep.choices.model import Hours

MIDNIGHT = time()
AHEAD = timedelta(days=8)


def is_within(hours: Sequence[Hours], at: datetime) -> bool:
    """Whether all of them hold at a moment."""
    return all(_holds(one, at) for one in hours)


def next_within(hours: Sequence[Hours], at: datetime) -> datetime | None:
    """The first moment from `at` on when all hold, in the first one's zone; None: not within eight days."""
    zone = ZoneInfo(hours[0].time_zone) if hours else at.tzinfo
    begins = sorted({at, *(begin for one in hours for begin in _begins(one, at))})
    return next((when.astimezone(zone) for when in begins if is_within(hours, when)), None)


def _holds(one: Hours, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(one.time_zone))
    now = local.time()
    return local.isoweekday() in one.days and one.begins <= now and (one.ends == MIDNIGHT or now < one.ends)


def _begins(one: Hours, at: datetime) -> list[datetime]:
    zone = ZoneInfo(one.time_zone)
    today = at.astimezone(zone).date()
    found = [
        datetime.combine(today + timedelta(days=n), one.begins, zone).astimezone(at.tzinfo)
        for n in range(AHEAD.days + 1)
    ]
    return [begin for begin in found if begin > at]
