"""The numbers of orders that stand in a text."""

import pytest

from doorstep.understanding import Orders, order_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Where is my order 48213?", "48213"),
        ("Bestellung Nr. 48213 fehlt", "48213"),
        ("order no: mf-2231-a", "MF-2231-A"),
        ("#1001 is late", "1001"),
        ("Pedido nº 99812", "99812"),
        ("注文番号48213", "48213"),
        ("η παραγγελία 48213", "48213"),
        ("Order 2026-0012 came", "2026-0012"),
    ],
)
def test_what_is_called_an_order_is_one(text: str, number: str) -> None:
    assert order_numbers(text) == Orders((number,), (number,))


def test_a_bare_number_may_be_one() -> None:
    assert order_numbers("48213, R123456789") == Orders((), ("48213", "R123456789"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No number",
        "+49 171 2345678",
        "on 12.05.2026 at 10:30",
        "1,200.50 EUR",
        "a@x12345.example",
        "x.y/12345",
        "9" * 30,
    ],
)
def test_telephones_dates_sums_and_addresses_are_none(text: str) -> None:
    assert order_numbers(text) == Orders()


def test_a_page_of_numbers_is_cut() -> None:
    assert len(order_numbers("1234 " * 10_000 + " ".join(map(str, range(1000, 2000)))).maybe) <= 8
