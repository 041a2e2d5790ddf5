"""Money is read only where it can mean one thing."""

import msgspec
import pytest

from doorstep.commerce.money import minor, written


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [
        ("12,50", "EUR", 1250),
        ("12.50", "EUR", 1250),
        ("12,5", "EUR", 1250),
        ("1250", "EUR", 125000),
        ("-3.20", "EUR", -320),
        ("1.234,50", "EUR", 123450),
        ("1,234.50", "EUR", 123450),
        ("1,234,567", "EUR", 123456700),
        ("1’234.50", "CHF", 123450),
        ("1 234,50 €", "EUR", 123450),
        ("EUR 12.50", "EUR", 1250),
        ("12.50", "JPY", None),
        ("1250", "JPY", 1250),
        ("1.250", "KWD", None),
        ("0.125", "KWD", 125),
        ("1250.125", "KWD", 1250125),
        ("1,250", "EUR", None),
        ("1.250", "EUR", None),
        ("0,125", "EUR", None),
        ("12.505", "EUR", None),
        ("12.34.56", "EUR", None),
        ("12,34,56", "EUR", None),
        ("twelve", "EUR", None),
        ("", "EUR", None),
    ],
)
def test_minor(text: str, currency: str, units: int | None) -> None:
    if units is None:
        with pytest.raises(msgspec.ValidationError):
            minor(text, currency)
    else:
        assert minor(text, currency) == units


def test_an_amount_is_written_with_the_decimals_of_its_currency() -> None:
    assert written(1250, "EUR") == "12.50 EUR"
    assert written(1250, "JPY") == "1250 JPY"
    assert written(1250, "KWD") == "1.250 KWD"
    assert written(-5, "EUR") == "-0.05 EUR"
