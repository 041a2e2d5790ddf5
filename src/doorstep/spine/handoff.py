"""The short way from an edge to a worker that has nothing to do, in one process.

While the worker rests, a signal is journalled with the worker's claim on it already, and handed over in
memory when that is committed: no claim to make, nothing to read again. Should the process die between,
the claim runs out like any other.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from doorstep.spine.model import Claimed

CLAIM = timedelta(seconds=10)
"""How long a claim holds without being renewed; work takes milliseconds."""

Take = Callable[[Sequence[Claimed]], None]


class Promise(msgspec.Struct, frozen=True):
    """That this worker takes what is journalled in its name, whoever rests by then."""

    owner: UUID
    until: datetime
    take: Take


class Handoff:
    """Where workers rest."""

    def __init__(self) -> None:
        self._resting: dict[UUID, Take] = {}

    def rest(self, owner: UUID, take: Take) -> None:
        """The worker `owner` has nothing to do, and takes whatever comes."""
        self._resting[owner] = take

    def rise(self, owner: UUID) -> None:
        """It has something to do now; what was promised to it still comes."""
        self._resting.pop(owner, None)

    def claim(self) -> Promise | None:
        """For whom a signal is to be journalled now: a resting worker, or nobody."""
        for owner, take in self._resting.items():
            return Promise(owner, datetime.now(UTC) + CLAIM, take)
        return None
