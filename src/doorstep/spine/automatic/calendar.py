"""Business hours: whether somebody is there, and when next. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from doorstep.kernel import Invalid

LONGEST = 400
"""Days that are looked ahead."""
Hours = Annotated[tuple[tuple[time, time], ...], msgspec.Meta(max_length=6)]


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When somebody is there: hours of each weekday from Monday on, and the days nobody is.

    Times are those of `time_zone` (IANA); an end at 00:00 is midnight. Without any hours it is always open.
    """

    time_zone: str = "UTC"
    week: Annotated[tuple[Hours, ...], msgspec.Meta(max_length=7)] = ()
    holidays: Annotated[tuple[date, ...], msgspec.Meta(max_length=400)] = ()


def check(calendar: Calendar) -> None:
    """Raises `Invalid`, in words."""
    if calendar.time_zone not in available_timezones():
        words = f"There is no time zone {calendar.time_zone}. Give one as Europe/Berlin."
        raise Invalid(words, field="calendar.time_zone")
    if calendar.week and len(calendar.week) != 7:
        raise Invalid("Give the hours of seven days, from Monday on; a day without any is [].")
    for day, hours in enumerate(calendar.week):
        if words := _wrong_with(hours):
            raise Invalid(words, field=f"calendar.week.{day}")


def _wrong_with(hours: Hours) -> str:
    if any(begin.tzinfo or end.tzinfo for begin, end in hours):
        return "Give hours as 09:00, without a time zone of their own."
    if any(end != time() and begin >= end for begin, end in hours):
        return "Hours begin before they end. For a night, give two: until 00:00, and from 00:00."
    return ""


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether somebody is there."""
    if not any(calendar.week):
        return True
    local = at.astimezone(ZoneInfo(calendar.time_zone))
    now = local.time()
    return any(begin <= now and (end == time() or now < end) for begin, end in _hours(calendar, local.date()))


def next_open(calendar: Calendar, at: datetime) -> datetime | None:
    """When somebody is there next, in the calendar's zone: now, if they are; None if not within a year."""
    zone = ZoneInfo(calendar.time_zone)
    local = at.astimezone(zone)
    if is_open(calendar, at):
        return local
    for ahead in range(LONGEST):
        day = local.date() + timedelta(days=ahead)
        for begin, _ in sorted(_hours(calendar, day)):
            opens = datetime.combine(day, begin, zone)
            if opens > local:
                return opens
    return None


def _hours(calendar: Calendar, day: date) -> Hours:
    return () if day in calendar.holidays else calendar.week[day.weekday()]
