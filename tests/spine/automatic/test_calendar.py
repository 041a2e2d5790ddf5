"""Business hours, over zones, holidays, nights and the clock's changes."""

from datetime import UTC, date, datetime, time

import msgspec
import pytest

from doorstep.kernel import Invalid
from doorstep.spine.automatic.calendar import Calendar, check, is_open, next_open

NINE = ((time(9), time(12)), (time(13), time(17)))
WEEK = (NINE, NINE, NINE, NINE, NINE, (), ())
BERLIN = Calendar("Europe/Berlin", WEEK, (date(2026, 12, 25),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "is_there", "opens"),
    [
        ("2026-11-23T08:00", True, "2026-11-23T09:00+01:00"),
        ("2026-11-23T07:59", False, "2026-11-23T09:00+01:00"),
        ("2026-11-23T11:30", False, "2026-11-23T13:00+01:00"),
        ("2026-11-23T16:00", False, "2026-11-24T09:00+01:00"),
        ("2026-11-28T10:00", False, "2026-11-30T09:00+01:00"),
        ("2026-12-25T10:00", False, "2026-12-28T09:00+01:00"),
        ("2026-07-06T07:00", True, "2026-07-06T09:00+02:00"),
    ],
)
def test_hours(when: str, is_there: bool, opens: str) -> None:
    assert is_open(BERLIN, at(when)) is is_there
    found = next_open(BERLIN, at(when))
    assert found is not None
    assert found.isoformat(timespec="minutes") == opens


def test_a_night_and_no_hours() -> None:
    night = Calendar("UTC", (((time(22), time(0)), (time(0), time(6))),) * 7)
    assert is_open(night, at("2026-11-23T23:59"))
    assert is_open(night, at("2026-11-23T00:00"))
    assert not is_open(night, at("2026-11-23T06:00"))
    assert is_open(Calendar(), at("2026-11-23T03:00"))
    shut = Calendar("UTC", (NINE, (), (), (), (), (), ()), tuple(_mondays()))
    assert next_open(shut, at("2026-01-01T00:00")) is None


def _mondays() -> list[date]:
    first = date(2026, 1, 5).toordinal()
    return [date.fromordinal(first + 7 * n) for n in range(60)]


@pytest.mark.parametrize(
    ("calendar", "words"),
    [
        (Calendar("Mars/Base"), "no time zone Mars/Base"),
        (Calendar("UTC", (NINE,)), "seven days"),
        (Calendar("UTC", (((time(9), time(8)),),) * 7), "begin before they end"),
    ],
)
def test_a_calendar_that_is_none(calendar: Calendar, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check(calendar)
    check(msgspec.json.decode(msgspec.json.encode(BERLIN), type=Calendar))
