"""Numbers: a telephone number as anybody writes it becomes E.164. Pure."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from doorstep.customers.names import fold

_REGIONS = {
    "germany": "DE", "deutschland": "DE", "austria": "AT", "osterreich": "AT", "switzerland": "CH",
    "schweiz": "CH", "suisse": "CH", "france": "FR", "spain": "ES", "espana": "ES", "italy": "IT",
    "italia": "IT", "united kingdom": "GB", "uk": "GB", "great britain": "GB", "england": "GB",
    "scotland": "GB", "wales": "GB", "ireland": "IE", "netherlands": "NL", "nederland": "NL",
    "the netherlands": "NL", "belgium": "BE", "poland": "PL", "polska": "PL", "czechia": "CZ",
    "czech republic": "CZ", "portugal": "PT", "sweden": "SE", "sverige": "SE", "denmark": "DK",
    "danmark": "DK", "norway": "NO", "norge": "NO", "finland": "FI", "suomi": "FI", "greece": "GR",
    "ellada": "GR", "russia": "RU", "ukraine": "UA", "turkey": "TR", "turkiye": "TR", "japan": "JP",
    "china": "CN", "india": "IN", "australia": "AU", "new zealand": "NZ", "canada": "CA",
    "united states": "US", "usa": "US", "united states of america": "US", "mexico": "MX", "brazil": "BR",
    "brasil": "BR", "hungary": "HU", "romania": "RO", "bulgaria": "BG", "croatia": "HR", "serbia": "RS",
}  # fmt: skip


@lru_cache(maxsize=4096)
def region_of(country: str) -> str:
    """The ISO 3166 code that a country's name or code means; empty when we do not know it."""
    bare = country.strip()
    if len(bare) == 2 and bare.isalpha():
        return "GB" if bare.upper() == "UK" else bare.upper()
    return _REGIONS.get(fold(bare), "")


_home: list[str] = [""]


def live_in(country: str) -> None:
    """Where we live: whose number it is that nothing names a country for. Said once, at the start."""
    _home[0] = region_of(country)


def number_of(written: str, region: str = "") -> str:
    """E.164 of a number as `read` reads it; where nothing names a country it is one of our own."""
    return read(written, region) or (
        read(written, region, is_any=True) if region else read(written, _home[0])
    )


@lru_cache(maxsize=65536)
def read(written: str, region: str = "", is_any: bool = False) -> str:
    """E.164 of a number, `region` where it names no country; empty when it is none.

    `is_any`: also one that nobody gave out there yet, for plans of numbers grow.
    Takes `00` and `011` before the country, `(0)` after it, brackets, dots, slashes and an extension.
    """
    bare = re.sub(r"^\s*(?:tel|mob|phone|fon|whatsapp|sip)[a-z]*[.:]*\s*", "", written, flags=re.I)
    bare = re.sub(r"^(\+?)\s*00\s*(?=[1-9])", "+", bare) if re.match(r"^\s*\+?\s*00", bare) else bare
    if "+" in bare:
        bare = bare.replace("(0)", " ")
    try:
        parsed = phonenumbers.parse(bare, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    is_foreign = region and not bare.lstrip().startswith("+") and not phonenumbers.is_valid_number(parsed)
    if is_foreign and not is_any:
        return _with_country(bare)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164)


def _with_country(bare: str) -> str:
    """A number with its country's code, and without the sign that says so; empty for a shorter one."""
    if sum(c.isdigit() for c in bare) < 11:
        return ""
    try:
        parsed = phonenumbers.parse(f"+{re.sub(r'[^0-9]', '', bare)}", None)
    except phonenumbers.NumberParseException:
        return ""
    is_one = phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.E164) if is_one else ""


@lru_cache(maxsize=65536)
def is_line(number: str) -> bool:
    """Whether it is a land line, which belongs to a household or a firm."""
    return _kind(number) == PhoneNumberType.FIXED_LINE


def region_of_number(number: str) -> str:
    """The country of a number in E.164, as ISO 3166; empty for none."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""


@lru_cache(maxsize=65536)
def is_personal(number: str) -> bool:
    """Whether it is a mobile's, which one person carries; of a land line a household or a firm may answer."""
    return _kind(number) == PhoneNumberType.MOBILE


@lru_cache(maxsize=65536)
def may_be_personal(number: str) -> bool:
    """Whether it is a mobile's, or may be one: in North America nothing tells them from land lines."""
    return _kind(number) in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _kind(number: str) -> int:
    try:
        return int(phonenumbers.number_type(phonenumbers.parse(number, None)))
    except phonenumbers.NumberParseException:
        return int(PhoneNumberType.UNKNOWN)
