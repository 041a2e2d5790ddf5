"""Chance, seeded: the same dice throw the same company."""

import random
from bisect import bisect
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate
from typing import Final, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
"""Milliseconds: times are milliseconds since 1970 until they become rows."""


class Weighted(Generic[T]):
    """Things and how often each comes up."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = things
        self._sums = list(accumulate(weights))

    def pick(self, dice: random.Random) -> T:
        """One of them."""
        return self._things[bisect(self._sums, dice.random() * self._sums[-1])]


def made_id(dice: random.Random, at: int) -> UUID:
    """A UUIDv7 that was made at `at`."""
    chance = dice.getrandbits(74)
    low = (0b10 << 62) | (chance & ((1 << 62) - 1))
    return UUID(int=(at << 80) | (0x7 << 76) | ((chance >> 62) << 64) | low)


def moment(at: int) -> datetime:
    """`at` as a datetime, to the millisecond."""
    return datetime.fromtimestamp(at / 1000, UTC)


def millis(at: datetime) -> int:
    """A datetime as milliseconds."""
    return int(at.timestamp() * 1000)


def filled(dice: random.Random, pattern: str) -> str:
    """The pattern with a digit for each `#` and a letter for each `X`."""
    return "".join(
        str(dice.randrange(10)) if c == "#" else dice.choice("ABDEFGHJLNPQRSTUWXYZ") if c == "X" else c
        for c in pattern
    )
