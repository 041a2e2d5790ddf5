"""What is sold, at what price, and how much of it lies where."""

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import product as combined
from typing import Any, Final
from uuid import UUID

import msgspec

from doorstep.demo.dice import DAY, Weighted, made_id
from doorstep.demo.words import Family, goods

ENDINGS: Final = (90, 90, 90, 95, 50)
RATES: Final = {"EUR": 100, "GBP": 88, "USD": 112, "JPY": 162}


class Article(msgspec.Struct, frozen=True, gc=False):
    """A product; `days` is how soon it is used up, 0 for what lasts."""

    id: UUID
    key: str
    sku: str
    title: str
    euro_minor: int
    days: int

    def price(self, currency: str) -> int:
        """What one costs, in minor units of a currency."""
        if currency == "EUR":
            return self.euro_minor
        if currency == "JPY":
            return max(100, self.euro_minor * RATES["JPY"] // 10000 * 100 - 20)
        return max(90, self.euro_minor * RATES[currency] // 10000 * 100 + 90)


class Catalogue:
    """All articles, and which of them people take."""

    def __init__(self, dice: random.Random, now: int, most: int | None = None) -> None:
        made = list(_articles(dice, now))
        picked = sorted(dice.sample(range(len(made)), min(most or len(made), len(made))))
        self.articles = [made[n][0] for n in picked]
        weights = [made[n][1] * dice.paretovariate(1.3) for n in picked]
        self.taken = Weighted(self.articles, weights)
        refills = [(a, w) for a, w in zip(self.articles, weights, strict=True) if a.days]
        self.refills = Weighted([a for a, _ in refills], [w for _, w in refills])


def _articles(dice: random.Random, now: int) -> Iterator[tuple[Article, float]]:
    n = 0
    for family in goods().family:
        every = list(combined(family.lines, range(len(family.forms)), range(len(family.looks))))
        for line, form, look in every:
            n += 1
            title = _title(line, family, family.forms[form], family.looks[look])
            code = "".join(word[0] for word in f"{line} {family.noun}".upper().split() if word[0].isalnum())
            price = _euro(dice, family, form)
            made = made_id(dice, now - 900 * DAY)
            yield (
                Article(made, f"p{n:04}", f"{code}-{n:04}", title, price, family.days),
                family.weight / len(every),
            )


def _title(line: str, family: Family, form: str, look: str) -> str:
    return ", ".join(part for part in (f"{line} {family.noun}", form, look) if part)


def _euro(dice: random.Random, family: Family, form: int) -> int:
    low, high = family.euro
    steps = max(1, len(family.forms) - 1)
    euro = low * (high / low) ** (form / steps) * dice.uniform(0.85, 1.1)
    return max(1, int(euro)) * 100 + dice.choice(ENDINGS)


def stock(
    dice: random.Random, articles: list[Article], places: dict[str, UUID], counted: datetime
) -> Iterator[tuple[Any, ...]]:
    """The rows of stock: what sells lies nearer the door, and something is always out."""
    shares = {location.key: location.share for location in goods().location}
    for article in articles:
        is_out = dice.random() < 0.03
        for key, location_id in places.items():
            on_hand = (
                0 if is_out or dice.random() < 0.12 else int(dice.expovariate(1 / (4 * shares[key]))) + 1
            )
            yield article.id, location_id, on_hand, min(on_hand, dice.randrange(3)), counted
