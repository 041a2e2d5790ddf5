"""The words the sample company is made of. All are our own; no person, street or number is meant."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

FOLDER: Final = Path(__file__).parent


class Names(msgspec.Struct, frozen=True):
    """Names of a language: `native/latin` where the script is not Latin."""

    women: list[str]
    men: list[str]
    families: list[str]
    feminine: list[str] = []
    order: str = "given"


class Country(msgspec.Struct, frozen=True):
    """Where customers live; `#` is a digit. Each city has its postcode's pattern."""

    code: str
    depots: list[str]
    language: str
    weight: int
    currency: str
    phones: list[str]
    mail: list[str]
    streets: list[str]
    cities: list[tuple[str, str]]
    far: bool = False


class Location(msgspec.Struct, frozen=True):
    """One of the company's own places; `share` is how much of the stock lies there."""

    key: str
    name: str
    city: str
    country: str
    share: int


class Family(msgspec.Struct, frozen=True):
    """Goods of one sort: `lines` × `forms` × `looks` products, `euro` from and to; used up after `days`."""

    lines: list[str]
    noun: str
    forms: list[str]
    looks: list[str]
    euro: tuple[int, int]
    weight: int
    days: int = 0


class Goods(msgspec.Struct, frozen=True):
    """All that is sold, and where it lies."""

    location: list[Location]
    family: list[Family]


class Mail(msgspec.Struct, frozen=True, rename={"attached": "with"}):
    """What somebody writes about an order that is late, held, sent, delivered, returned, any or none."""

    language: str
    about: str
    matter: str
    subject: str
    text: str
    attached: str = ""
    html: bool = False


class Answers(msgspec.Struct, frozen=True):
    """What the desk answers in a language, by matter."""

    greeting: str
    parcel: str
    goods: str
    money: str
    question: str
    praise: str
    thanks: str


@cache
def names() -> dict[str, Names]:
    """Names by language."""
    return msgspec.toml.decode((FOLDER / "names.toml").read_bytes(), type=dict[str, Names])


@cache
def countries() -> list[Country]:
    """The countries, with their share of the customers."""
    return msgspec.toml.decode((FOLDER / "places.toml").read_bytes(), type=dict[str, list[Country]])[
        "country"
    ]


@cache
def goods() -> Goods:
    """What is sold."""
    return msgspec.toml.decode((FOLDER / "goods.toml").read_bytes(), type=Goods)


@cache
def mails() -> list[Mail]:
    """What customers write."""
    return msgspec.toml.decode((FOLDER / "mails.toml").read_bytes(), type=dict[str, list[Mail]])["mail"]


@cache
def answers() -> dict[str, Answers]:
    """What the desk answers, by language."""
    return msgspec.toml.decode((FOLDER / "answers.toml").read_bytes(), type=dict[str, Answers])
