"""The way of a parcel, from the shelf to the door, with all that can happen on it.

Chosen shorter than a marketplace's (median 10 days, 90 % in 23), as a retailer with six locations is: half
are there in 2.7 days, 90 % in 5; about 8 % come after the day that was promised.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import msgspec

from doorstep.demo.dice import DAY, HOUR, Weighted, moment
from doorstep.demo.persons import Person

MEDIAN: Final = 2.6
SPREAD: Final = 0.5
PROMISED: Final = 5
FAR: Final = 2.3
LOST: Final = 0.004
SENT_BACK: Final = 0.006
STUCK: Final = 9
"""Days that a stuck parcel loses."""
CARRIERS: Final = Weighted(["Northline", "Postkontor", "Swift & Sons"], [80, 14, 6])
QUERIES: Final = Weighted(
    ["address query", "nobody home", "damaged at sorting", "missorted", "customs"], [35, 35, 12, 12, 6]
)


class Step(msgspec.Struct, frozen=True, gc=False):
    """One thing that happens to a parcel."""

    at: int
    step: str
    place: str
    detail: str = ""


class Way(msgspec.Struct, frozen=True, gc=False):
    """A parcel's whole way, also what lies ahead, and the day that was promised."""

    carrier: str
    tracking: str
    promised: date
    steps: tuple[Step, ...]

    def until(self, now: int) -> tuple[Step, ...]:
        """What has happened so far."""
        return tuple(step for step in self.steps if step.at <= now)


def promised(placed: int, person: Person) -> date:
    """The day an order is promised for."""
    return (moment(placed) + timedelta(days=PROMISED * (FAR if person.country.far else 1))).date()


def way(dice: random.Random, placed: int, person: Person, home: str, is_stuck: bool = False) -> Way:
    """The way of a parcel that leaves `home`, or gets stuck on it."""
    length = dice.lognormvariate(0, SPREAD) * MEDIAN * (FAR if person.country.far else 1)
    length += STUCK * is_stuck
    packed = placed + int(dice.uniform(2, 20) * HOUR)
    arrives = _by_day(dice, max(placed + int(length * DAY), packed + 22 * HOUR))
    due = promised(placed, person)
    carrier = CARRIERS.pick(dice)
    tracking = f"{carrier[0]}L {dice.randrange(10**4):04} {dice.randrange(10**4):04}"
    steps = _steps(dice, packed, arrives, person, home, moment(arrives).date() > due)
    return Way(carrier, tracking, due, tuple(steps))


def _by_day(dice: random.Random, at: int) -> int:
    return at - at % DAY + int(dice.uniform(7.5, 18.5) * HOUR)


def _steps(
    dice: random.Random, packed: int, arrives: int, person: Person, home: str, is_late: bool
) -> Iterator[Step]:
    sent = packed + int(dice.uniform(1, 5) * HOUR)
    on_the_way = arrives - sent
    depot = dice.choice(person.country.depots)
    sorted_at = sent + int(min(on_the_way, 3 * DAY) * dice.uniform(0.2, 0.35))
    yield Step(packed, "packed", home)
    yield Step(sent, "sent", home)
    yield Step(sorted_at, "sorted", depot)
    end = dice.random()
    if is_late and dice.random() < 0.7:
        yield Step(sorted_at + int(on_the_way * 0.2), "held", depot, QUERIES.pick(dice))
    if end < LOST:
        yield Step(sorted_at + 12 * DAY, "lost", depot, "no scan for twelve days")
        return
    yield Step(arrives - int(dice.uniform(2, 6) * HOUR), "out", person.city)
    if end < LOST + SENT_BACK:
        yield Step(arrives, "held", person.city, "nobody home")
        yield Step(arrives + 5 * DAY, "returned", home, "not collected")
        return
    yield Step(arrives, "delivered", person.city, "")


def state(steps: tuple[Step, ...]) -> str:
    """What the parcel is after these steps."""
    last = steps[-1].step
    return "sent" if last == "sorted" else last
