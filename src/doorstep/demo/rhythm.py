"""When people buy and when they write: season × weekday × hour.

The shapes follow what was measured on a year of real baskets (weekday) and half a year of real calls
(`contacts`), rounded; the hours are a web shop's, with the evening as its peak.
"""

import random
from typing import Final

from doorstep.demo.dice import DAY, HOUR, MINUTE, Weighted, moment

SEASON: Final = (0.9, 0.85, 0.95, 1.0, 1.0, 0.9, 0.8, 0.75, 1.0, 1.1, 1.5, 1.6)
BUYING_DAYS: Final = (1.05, 1.0, 0.95, 1.0, 0.95, 1.1, 1.2)
BUYING_HOURS: Final = (
    6,
    3,
    2,
    1,
    1,
    3,
    8,
    18,
    30,
    42,
    52,
    58,
    60,
    58,
    56,
    58,
    62,
    66,
    72,
    84,
    92,
    86,
    58,
    24,
)
WRITING_DAYS: Final = (1.1, 1.06, 1.0, 1.0, 0.95, 0.4, 0.38)
WRITING_HOURS: Final = (
    2,
    1,
    1,
    1,
    1,
    2,
    10,
    32,
    60,
    98,
    105,
    101,
    96,
    92,
    89,
    86,
    75,
    57,
    46,
    40,
    38,
    34,
    20,
    8,
)
GROWTH: Final = 0.25
"""How much more a day is worth at the end of the year than at its beginning."""


class Rhythm:
    """Moments of the year that ends `now`."""

    def __init__(
        self, now: int, days: tuple[float, ...], hours: tuple[float, ...], length: int = 365
    ) -> None:
        self.now = now
        self.begin = now - now % DAY - length * DAY
        starts = [self.begin + n * DAY for n in range(length + 1)]
        self._days = Weighted(starts, [self._weight(at, days, n / length) for n, at in enumerate(starts)])
        self._hours = Weighted(range(24), hours)

    @staticmethod
    def _weight(at: int, days: tuple[float, ...], share: float) -> float:
        day = moment(at)
        return days[day.weekday()] * SEASON[day.month - 1] * (1 + GROWTH * share)

    def pick(self, dice: random.Random) -> int:
        """A moment before now."""
        while (at := self.at_hour(dice, self._days.pick(dice))) > self.now - 10 * MINUTE:
            pass
        return at

    def at_hour(self, dice: random.Random, day: int) -> int:
        """A moment of this day."""
        return day + self._hours.pick(dice) * HOUR + dice.randrange(HOUR)


def buying(now: int) -> Rhythm:
    """When people buy."""
    return Rhythm(now, BUYING_DAYS, BUYING_HOURS)


def writing(now: int) -> Rhythm:
    """When people write."""
    return Rhythm(now, WRITING_DAYS, WRITING_HOURS)
