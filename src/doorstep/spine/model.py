"""What the spine works on."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Address, Signal
from doorstep.understanding import Understood


class Claimed(msgspec.Struct, frozen=True):
    """One thing to do, and ours until the claim runs out: a signal, or that a reading of it came.

    `readings` are all that there are by now, the oldest first. Without its signal it was one too many: what
    came before it in the batch is as much as fits in memory.
    """

    id: UUID
    signal_id: UUID
    received_at: datetime
    lane: int
    priority: int
    tries: int
    signal: bytes | None
    is_reading: bool
    readings: list[bytes]


class Prepared(msgspec.Struct, frozen=True):
    """A claimed signal, read and understood before any transaction begins."""

    claimed: Claimed
    signal: Signal
    understood: Understood
    html: str
    once: UUID | None
    unwanted: str = ""
    """Why it is held back, in words; empty: it is not."""

    @property
    def is_reading(self) -> bool:
        """Whether it was here before, and is better known now."""
        return self.claimed.is_reading


class Failed(msgspec.Struct, frozen=True):
    """A signal that failed at every try; it waits, whole, and can be sent through again."""

    id: UUID
    signal_id: UUID
    inbox_id: UUID
    inbox_name: str
    channel: str
    received_at: datetime
    failed_at: datetime
    tries: int
    error: str


class FailedRow(Failed, frozen=True):
    """Beside it the signal as it lies in the journal; none: gone, or too much for one page."""

    signal: bytes | None


class Undelivered(Failed, frozen=True):
    """Beside it whom it is from and what about, if as much of it can be read."""

    sender: Address | None
    subject: str


class Reconciled(msgspec.Struct, frozen=True):
    """One inbox on one day: what was accepted, and what became of it. `missing` must be 0."""

    day: date
    inbox_id: UUID
    inbox_name: str
    accepted: int
    shown: int
    pending: int
    undelivered: int
    quarantined: int
    erased: int
    missing: int


class Original(msgspec.Struct, frozen=True):
    """A signal as it lies in the journal, and the bytes it was read from, or the file that holds them."""

    inbox_id: UUID
    signal: bytes
    raw: bytes | None
    raw_file: str | None
