"""Ids are UUIDv7 (RFC 9562 §5.7), made here and not in the database, so any PostgreSQL will do."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

DRIFT = 2.0
"""Seconds that ids may be ahead of a clock that was set back; beyond it they begin anew from the clock."""
_SECOND = 1000 << 12


class Ids:
    """Makes ids by a clock, in nanoseconds since 1970."""

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._lock = Lock()
        self._random = random.Random()
        self._last = 0

    def new(self) -> UUID:
        """See `new_id`."""
        with self._lock:
            tick = self._clock() * 4096 // 1_000_000
            if tick <= self._last < tick + DRIFT * _SECOND:
                tick = self._last + 1
            self._last = tick
        millis, fraction = tick >> 12, tick & 0xFFF
        chance = self._random.getrandbits(62)
        return UUID(int=(millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | chance)


_ids = Ids()


def new_id() -> UUID:
    """A UUIDv7: 48 bits of milliseconds, a 12-bit counter in the millisecond's fraction, 62 random bits.

    Ids made by one process ascend strictly, also within one millisecond, unless its clock is set back by more
    than two seconds; so far at most is an id's time from the clock's. They keep no secret.
    """
    return _ids.new()


def id_at(moment: datetime) -> UUID:
    """What every id made from that moment on is greater than, or equal to."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def made_at(identifier: UUID) -> datetime:
    """The UTC moment a UUIDv7 was made, to the millisecond."""
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
