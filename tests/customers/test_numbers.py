"""Numbers: however somebody writes it, it is one number."""

import pytest

from doorstep.customers import number_of
from doorstep.customers.numbers import is_line, is_personal

WAYS = [
    "+491701234567",
    "+49 (0)170 1234567",
    "0049-170-1234567",
    "(0170) 123-4567",
    "0170/1234567",
    "0170 123 45 67",
    "+49.170.1234567",
    "Tel.: 0170 1234567",
]


@pytest.mark.parametrize("written", WAYS)
def test_eight_ways_of_writing_are_one_number(written: str) -> None:
    assert number_of(written, "DE") == "+491701234567"


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("07911 123456", "GB", "+447911123456"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("347 1234567", "IT", "+393471234567"),
        ("600 123 456", "PL", "+48600123456"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("011 49 170 1234567", "US", "+491701234567"),
        ("0043 664 1234567", "AT", "+436641234567"),
    ],
)
def test_each_country_has_its_own_way(written: str, country: str, number: str) -> None:
    assert number_of(written, country) == number


def test_a_number_of_no_country_is_none() -> None:
    assert number_of("0170 1234567") == ""
    assert number_of("call me") == ""


def test_a_mobile_is_one_persons_and_a_land_line_a_households() -> None:
    assert is_personal("+491701234567")
    assert is_line("+4940123456")
    assert not is_personal("+4940123456")
