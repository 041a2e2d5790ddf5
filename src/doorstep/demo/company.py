"""Marlow & Finch: kitchen and coffee goods, six locations, a year of trade. Seeded: one seed, one company."""

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from doorstep.demo.catalogue import Article, Catalogue, stock
from doorstep.demo.dice import DAY, HOUR, made_id, millis, moment
from doorstep.demo.orders import Seller, Sold
from doorstep.demo.persons import Person, persons
from doorstep.demo.purchases import purchases
from doorstep.demo.rhythm import buying
from doorstep.demo.tables import SOURCE, Row, Rows, empty
from doorstep.demo.words import goods
from doorstep.kernel import AddressKind

CUSTOMERS: Final = 20_500
SEED: Final = 1851

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


class Company(msgspec.Struct, frozen=True):
    """All there is of it: its people, its orders as people write about them, and every row."""

    now: int
    people: list[Person]
    articles: list[Article]
    sold: list[Sold]
    rows: Rows


def company(now: datetime, seed: int = SEED, scale: float = 1.0, progress: Progress | None = None) -> Company:
    """The company as it is at `now`. `scale` makes a smaller one, for tests."""
    dice, at = random.Random(seed), millis(now)
    rows = empty()
    places = _places(dice, at, rows)
    catalogue = Catalogue(dice, at, None if scale >= 1 else max(60, int(3000 * scale)))
    rows["product"] += [_product(article) for article in catalogue.articles]
    rows["stock_level"] += stock(dice, catalogue.articles, places, moment(at - at % DAY + 5 * HOUR - DAY))
    people = list(persons(dice, int(CUSTOMERS * scale), at))
    for person in people:
        _known(dice, person, rows)
    bought = purchases(dice, people, catalogue, buying(at))
    seller, sold = Seller(dice, at, catalogue, places, rows), []
    for n, purchase in enumerate(bought):
        sold.append(seller.sell(n, purchase))
        if progress and n % 5000 == 0:
            progress("orders", n, len(bought))
    return Company(at, people, catalogue.articles, sold, rows)


def _places(dice: random.Random, at: int, rows: Rows) -> dict[str, UUID]:
    places = {location.key: made_id(dice, at - 900 * DAY) for location in goods().location}
    rows["location"] += [(places[p.key], SOURCE, p.key, p.name, p.city, p.country) for p in goods().location]
    return places


def _product(article: Article) -> Row:
    return article.id, SOURCE, article.key, article.sku, article.title, article.euro_minor, "EUR"


def _known(dice: random.Random, person: Person, rows: Rows) -> None:
    created = moment(person.created)
    where = (person.city, person.country.code, person.language)
    rows["customer"].append((person.id, person.name, *where, created))
    said = hashlib.sha256(f"{person.key} {person.mailbox}".encode()).digest()
    rows["shop_customer"].append((SOURCE, person.key, person.id, said))
    for identity_id, kind, value in _identities(dice, person):
        rows["identity"].append((identity_id, kind, value, person.name, person.id, "shop", created))


def _identities(dice: random.Random, person: Person) -> Iterator[tuple[UUID, str, str]]:
    yield person.mailbox_id, AddressKind.MAILBOX.value, person.mailbox
    if person.number:
        yield made_id(dice, person.created), AddressKind.NUMBER.value, person.number
    if person.loyalty:
        yield made_id(dice, person.created), AddressKind.LOYALTY.value, person.loyalty
