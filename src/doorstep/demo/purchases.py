"""Who buys when: most people once or twice, a few every other week, and what is used up comes back."""

import random
from collections.abc import Iterator, Sequence

import msgspec

from doorstep.demo.catalogue import Article, Catalogue
from doorstep.demo.dice import DAY, Weighted
from doorstep.demo.persons import Person
from doorstep.demo.rhythm import Rhythm

TIMES = Weighted(range(1, 41), [45, 22, 12, 6, 4, 2.6, *(2.1 * 0.76**n for n in range(13)), *([0.09] * 21)])
"""How often somebody buys in the year: 45 % once, 79 % up to three times, about 2 % twenty times or more."""


class Purchase(msgspec.Struct, frozen=True, gc=False):
    """Somebody buys; `refill` is what had run out."""

    at: int
    person: Person
    refill: Article | None


def purchases(
    dice: random.Random, people: Sequence[Person], catalogue: Catalogue, rhythm: Rhythm
) -> list[Purchase]:
    """A year of purchases, in their order."""
    made = [p for person in people for p in _of(dice, person, catalogue, rhythm)]
    return sorted(made, key=lambda purchase: (purchase.at, purchase.person.key))


def _of(dice: random.Random, person: Person, catalogue: Catalogue, rhythm: Rhythm) -> Iterator[Purchase]:
    times = TIMES.pick(dice)
    refill = catalogue.refills.pick(dice) if dice.random() < (0.3 if times < 4 else 0.75) else None
    if refill is None or times < 3:
        for _ in range(times):
            yield Purchase(rhythm.pick(dice), person, refill)
        return
    yield from _refilled(dice, person, refill, times, rhythm)


def _refilled(
    dice: random.Random, person: Person, refill: Article, times: int, rhythm: Rhythm
) -> Iterator[Purchase]:
    period = min(refill.days * dice.uniform(0.8, 1.3), 350 / times)
    length = rhythm.now - rhythm.begin
    day = rhythm.begin + int(dice.uniform(0, max(DAY, length - (times - 1) * period * DAY)))
    for n in range(times):
        at = rhythm.at_hour(dice, day - day % DAY)
        if at < rhythm.now:
            yield Purchase(at, person, refill if n % 5 else None)
        day += int(period * dice.gauss(1, 0.18) * DAY)
