"""Money as people write it, read only where it can mean one thing."""

import re
from typing import Final

import msgspec

# ISO 4217: currencies whose minor unit is not a hundredth.
_WHOLE: Final = set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())  # noqa: SIM905
_THOUSANDTHS: Final = set("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905

_SIGNS = re.compile(r"^[€$£¥]|[€$£¥]$|[\s'’]")
_PLAIN = re.compile(r"^-?\d+$")
_GROUPED = re.compile(r"^-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$")
_BOTH = re.compile(r"^-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\1)[.,](\d+)$")
_ONE = re.compile(r"^-?\d+[.,](\d+)$")


def decimals_of(currency: str) -> int:
    """How many decimals its minor unit is (ISO 4217)."""
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def written(amount_minor: int, currency: str) -> str:
    """An amount as people read it: `12.50 EUR`."""
    decimals = decimals_of(currency)
    return f"{amount_minor / 10**decimals:.{decimals}f} {currency}"


def minor(text: str, currency: str) -> int:
    """The minor units of an amount such as `12,50`, `1.234,50` or `1250`.

    Raises `msgspec.ValidationError` for what could be read in two ways (`1,250`) and for what is no amount.
    """
    digits = decimals_of(currency)
    bare = _SIGNS.sub("", text.strip().removesuffix(currency).removeprefix(currency).strip())
    if _PLAIN.match(bare) or _GROUPED.match(bare):
        return _figure(bare, digits)
    both, one = _BOTH.match(bare), _ONE.match(bare)
    decimals = both[2] if both else one[1] if one else None
    if decimals is None:
        raise msgspec.ValidationError(
            f"{text!r} is no amount: write 12.50, or minor units in a column ending in _minor"
        )
    if one and _can_be_thousands(bare):
        raise msgspec.ValidationError(
            f"{text!r} can be read in two ways: write it with minor units in a column ending in _minor"
        )
    if len(decimals) > digits:
        raise msgspec.ValidationError(f"{text!r} has more decimals than {currency} has")
    return _figure(bare, digits - len(decimals))


def _figure(bare: str, zeros: int) -> int:
    return int(re.sub(r"[.,]", "", bare) + "0" * zeros)


def _can_be_thousands(bare: str) -> bool:
    return bool(re.match(r"^-?[1-9]\d{0,2}[.,]\d{3}$", bare))
