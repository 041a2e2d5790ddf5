"""The quick look at a date says what the standard library's parser says."""

from datetime import UTC
from email.utils import parsedate_to_datetime

import pytest

from doorstep.channels.email.dates import date


@pytest.mark.parametrize(
    "said",
    [
        "Thu, 22 Aug 2002 18:26:25 +0700",
        "1 jan 2026 00:00:00 -0000",
        "Mon, 2 Mar 2026 23:59:59 -0830 (PST)",
        "Mon, 2 Mar 26 23:59:59 GMT",
        "Mon,  2 Mar 2026 23:59 +0100",
    ],
)
def test_a_date_as_programs_write_it(said: str) -> None:
    wanted = parsedate_to_datetime(said)
    assert date(said) == wanted.replace(tzinfo=wanted.tzinfo or UTC)


@pytest.mark.parametrize(
    "said",
    ["31 Feb 2026 10:00:00 +0000", "1 Foo 2026 10:00:00 +0000", "1 Jan 2026 10:00:60 +0000", "", "soon"],
)
def test_a_date_that_is_none(said: str) -> None:
    assert date(said) is None


def test_a_zone_beyond_a_day_is_none() -> None:
    assert date("1 Jan 2026 10:00:00 -9999") is None
