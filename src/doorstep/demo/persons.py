"""The people who buy: names, addresses and places that go together."""

import random
import unicodedata
from collections.abc import Iterator
from typing import Final
from uuid import UUID

import msgspec

from doorstep.demo.dice import DAY, Weighted, filled, made_id
from doorstep.demo.words import Country, Names, countries, names

WITH_NUMBER: Final = 0.6
WITH_LOYALTY: Final = 0.35
_PLAIN: Final = {"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d"}
_GREEK: Final = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
_LATIN: Final = _PLAIN | _GREEK


class Person(msgspec.Struct, frozen=True, gc=False):
    """Somebody who buys."""

    id: UUID
    mailbox_id: UUID
    key: str
    name: str
    first: str
    mailbox: str
    number: str
    loyalty: str
    language: str
    country: Country
    city: str
    postcode: str
    street: str
    house_no: str
    created: int


def persons(dice: random.Random, count: int, now: int) -> Iterator[Person]:
    """`count` people, no two with one mailbox or one number."""
    every = Weighted(countries(), [country.weight for country in countries()])
    taken: set[str] = set()
    for n in range(count):
        yield _person(dice, n, every.pick(dice), now, taken)


def _person(dice: random.Random, n: int, country: Country, now: int, taken: set[str]) -> Person:
    spoken = names()[country.language]
    given, family = _name(dice, spoken)
    created = now - int(DAY * (366 + dice.random() ** 2 * 1460))
    city, postcode = dice.choice(country.cities)
    shown = [given.partition("/")[0], family.partition("/")[0]]
    return Person(
        made_id(dice, created),
        made_id(dice, created),
        f"c{n + 1:05}",
        " ".join(reversed(shown) if spoken.order == "family" else shown),
        shown[0],
        _mailbox(dice, latin(given), latin(family), dice.choice(country.mail), taken),
        _number(dice, country, taken) if dice.random() < WITH_NUMBER else "",
        f"MF{dice.randrange(10**7):07}{n % 97:02}" if dice.random() < WITH_LOYALTY else "",
        country.language,
        country,
        city,
        filled(dice, postcode),
        dice.choice(country.streets),
        str(dice.randrange(1, 120)) + ("b" if dice.random() < 0.06 else ""),
        created,
    )


def _name(dice: random.Random, spoken: Names) -> tuple[str, str]:
    if dice.random() < 0.55:
        return dice.choice(spoken.women), dice.choice(spoken.feminine or spoken.families)
    return dice.choice(spoken.men), dice.choice(spoken.families)


def latin(name: str) -> str:
    """A name as it stands in an address: Latin, lower case, without marks."""
    name = name.rpartition("/")[2].lower()
    bare = (_LATIN.get(c, c) for c in unicodedata.normalize("NFD", name))
    return "".join(c for part in bare for c in part if c.isascii() and c.isalnum())


def _mailbox(dice: random.Random, given: str, family: str, domain: str, taken: set[str]) -> str:
    local = dice.choice(
        [f"{given}.{family}", f"{given[0]}.{family}", f"{given}{family[0]}", f"{family}.{given}"]
    )
    mailbox = f"{local}@{domain}"
    while mailbox in taken:
        mailbox = f"{local}{dice.randrange(2, 9999)}@{domain}"
    taken.add(mailbox)
    return mailbox


def _number(dice: random.Random, country: Country, taken: set[str]) -> str:
    for _ in range(3):
        number = filled(dice, dice.choice(country.phones))
        if number not in taken:
            taken.add(number)
            return number
    return ""
