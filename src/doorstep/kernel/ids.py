"""Ids are UUIDv7 (RFC 9562 §5.7), made here and not in the database, so any PostgreSQL will do."""

import random
import time
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

_lock = Lock()
_random = random.Random()
_last = 0


def new_id() -> UUID:
    """A UUIDv7: 48 bits of milliseconds, a 12-bit counter in the millisecond's fraction, 62 random bits.

    Ids made by one process ascend strictly, also within one millisecond. They keep no secret.
    """
    global _last  # noqa: PLW0603
    with _lock:
        tick = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = tick
    millis, fraction = tick >> 12, tick & 0xFFF
    return UUID(int=(millis << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | _random.getrandbits(62))


def made_at(identifier: UUID) -> datetime:
    """The UTC moment a UUIDv7 was made, to the millisecond."""
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
