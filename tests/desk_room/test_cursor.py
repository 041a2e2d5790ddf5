"""Cursors: a place in a list, safe in an address, and never one of somebody else's making."""

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorstep.desk.cursor import FIRST, LAST, cursor, place
from doorstep.kernel import Invalid

moments = some.datetimes(datetime(2, 1, 1), datetime(9999, 12, 30), timezones=some.just(UTC))


@given(moments, some.uuids())
def test_it_points_back_to_where_it_was_made(at: datetime, identifier: UUID) -> None:
    assert place(cursor(at, identifier), FIRST) == (at, identifier)


@given(moments, some.uuids())
def test_it_needs_no_escape_in_an_address(at: datetime, identifier: UUID) -> None:
    text = cursor(at, identifier)
    assert quote(text, safe=":") == text


def test_none_is_the_beginning() -> None:
    assert place(None, LAST) == LAST
    assert place("", FIRST) == FIRST


def test_other_zones_are_the_same_moment() -> None:
    east = datetime(2026, 3, 2, 14, tzinfo=timezone(timedelta(hours=2)))
    assert place(cursor(east, UUID(int=7)), FIRST) == (datetime(2026, 3, 2, 12, tzinfo=UTC), UUID(int=7))


@pytest.mark.parametrize(
    "text",
    [
        *("x", "_", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z_x", f"yesterday_{UUID(int=1)}"),
        *(f"0001-01-01T00:00+14:00_{UUID(int=1)}", f"9999-12-31T23:59-14:00_{UUID(int=1)}"),
    ],
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        place(text, FIRST)
