"""The short way from an edge to a worker that has nothing to do, in one process.

While the worker rests, a signal is journalled with the worker's claim on it already, and handed over in
memory when that is committed: no claim to make, nothing to read again. Should the process die between,
the claim runs out like any other.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from doorstep.spine.model import Claimed

CLAIM = timedelta(seconds=10)
"""How long a claim holds without being renewed; work takes milliseconds."""


class Handoff:
    """At most one worker rests here at a time."""

    def __init__(self) -> None:
        self._owner: UUID | None = None
        self._take: Callable[[Sequence[Claimed]], None] | None = None

    def rest(self, owner: UUID, take: Callable[[Sequence[Claimed]], None]) -> None:
        """The worker `owner` has nothing to do, and takes whatever comes."""
        self._owner, self._take = owner, take

    def rise(self) -> None:
        """It has something to do now; what was promised to it still comes."""
        self._owner = None

    def claim(self) -> tuple[UUID | None, datetime | None]:
        """For whom a signal is to be journalled now, and until when: the resting worker, or nobody."""
        return (self._owner, datetime.now(UTC) + CLAIM) if self._owner else (None, None)

    def give(self, claimed: Sequence[Claimed]) -> None:
        """Hand over what was journalled for the worker."""
        if claimed and self._take:
            self._take(claimed)
