"""Past: a message of an archive as a signal that wakes nobody, or why it is not taken."""

from collections.abc import Collection, Sequence

import msgspec
import structlog

from doorstep.conversations import is_ours
from doorstep.kernel import Archives, Channel, DoorstepError, Inbox, Invalid, Parsed, Priority, Signal
from doorstep.spine.moving.model import Planned

log = structlog.get_logger()

AMONG_US = "It is from us to us: no customer has part in it."
MOST_BYTES = 8 * 1024 * 1024
"""In memory at a time; a message that is larger goes alone."""
MOST = 50
MOST_NAMES = 45


class Read(msgspec.Struct, frozen=True):
    """What was made of one: a reading of it, or a reason why there is none."""

    planned: Planned
    parsed: Parsed | None
    reason: str = ""


class Reader(msgspec.Struct, frozen=True):
    """Reads the messages of one archive for one inbox. `ours`: the addresses that we wrote from."""

    archives: Archives
    channel: Channel
    inbox: Inbox
    ours: Collection[str]

    def read_all(self, planned: Sequence[Planned]) -> list[Read]:
        """A reading, or a reason, for each."""
        return [self._read(one) for one in planned]

    def _read(self, planned: Planned) -> Read:
        if planned.kept.wrong:
            return Read(planned, None, planned.kept.wrong)
        try:
            raw = self.archives.content(planned.kept)
            meta = {"received_at": planned.kept.happened_at.isoformat()}
            parsed = self.channel.parse(self.inbox, raw, meta)
            signal = as_past(parsed.arrival.signal, planned, self.ours)
        except DoorstepError as error:
            return Read(planned, None, error.detail)
        except Exception as error:  # a fault of ours in one message must not cost the others
            log.exception("import.unread", place=planned.kept.place)
            return Read(planned, None, f"It could not be read; please report this. {type(error).__name__}")
        return Read(
            planned,
            msgspec.structs.replace(parsed, arrival=msgspec.structs.replace(parsed.arrival, signal=signal)),
        )


def as_past(signal: Signal, planned: Planned, ours: Collection[str]) -> Signal:
    """The same signal, moved in. Raises `Invalid` when it is among us."""
    named = [name for name in signal.references if name not in planned.above][:MOST_NAMES]
    customer = None
    if is_ours(signal.sender.value, ours):
        others = (a for a in (*signal.to, *signal.cc) if not is_ours(a.value, ours))
        customer = next(others, None)
        if customer is None:
            raise Invalid(AMONG_US)
    return msgspec.structs.replace(
        signal,
        is_past=True,
        priority=Priority.BULK,
        happened_at=planned.kept.happened_at,
        references=(*named, *planned.above),
        ours_to=customer,
    )


def batch_from(planned: Sequence[Planned], place: int) -> Sequence[Planned]:
    """The next ones: few enough, and few enough bytes."""
    size = 0
    for count, one in enumerate(planned[place : place + MOST]):
        size += one.kept.size
        if count and size > MOST_BYTES:
            return planned[place : place + count]
    return planned[place : place + MOST]
