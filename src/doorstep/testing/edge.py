"""An edge that keeps everything in memory: idempotent, with files and checkpoints, and it can be full."""

import asyncio
import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from uuid import UUID

from doorstep.kernel import (
    Accepted,
    Arrival,
    Checkpoint,
    Content,
    Inbox,
    NotFound,
    Overloaded,
    Reading,
    Renewed,
    TooMuch,
    new_id,
)


class MemoryFiles:
    """Files by their SHA-256."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def keep(self, content: Content) -> str:
        content = content if isinstance(content, bytes) else b"".join(content)
        name = hashlib.sha256(content).hexdigest()
        self.kept[name] = content
        return name

    async def keep_stream(self, chunks: AsyncIterable[bytes], most: int) -> tuple[str, int]:
        content = b"".join([chunk async for chunk in chunks])
        if len(content) > most:
            raise TooMuch()
        return await self.keep(content), len(content)

    async def read(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise NotFound(f"There is no file {sha256}.")
        return self.kept[sha256]

    async def pieces(self, sha256: str, size: int) -> AsyncIterator[bytes]:
        return _pieces(await self.read(sha256), size)


async def _pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


class MemoryEdge:
    """What a channel sees of the house. `journal` holds each arrival once; `full` makes it refuse."""

    def __init__(self, *inboxes: Inbox) -> None:
        self.files = MemoryFiles()
        self.journal: dict[UUID, Arrival] = {}
        self.readings: dict[tuple[UUID, str], Reading] = {}
        self.checkpoints: dict[UUID, str] = {}
        self.secrets: dict[UUID, bytes] = {}
        self.times_reached = 0
        self.full = False
        self.failing: Exception | None = None
        self._inboxes = list(inboxes)
        self._renewing = asyncio.Lock()
        self._seen: dict[tuple[UUID, str], UUID] = {}

    @property
    def is_full(self) -> bool:
        return self.full

    async def accept(self, arrivals: Sequence[Arrival], checkpoint: Checkpoint | None = None) -> Accepted:
        """All of them or, when `full` or `failing`, none."""
        if self.full:
            raise Overloaded
        if self.failing is not None:
            raise self.failing
        known = set(self._seen)
        ids = tuple(self._take(arrival) for arrival in arrivals)
        if checkpoint is not None:
            self.checkpoints[checkpoint.inbox_id] = checkpoint.value
        return Accepted(ids, tuple(self._fresh(arrivals, known)))

    def _take(self, arrival: Arrival) -> UUID:
        key = (arrival.signal.inbox_id, arrival.signal.external_id)
        if key not in self._seen:
            self._seen[key] = new_id()
            self.journal[self._seen[key]] = arrival
        return self._seen[key]

    @staticmethod
    def _fresh(arrivals: Sequence[Arrival], known: set[tuple[UUID, str]]) -> list[bool]:
        fresh = []
        for arrival in arrivals:
            key = (arrival.signal.inbox_id, arrival.signal.external_id)
            fresh.append(key not in known)
            known.add(key)
        return fresh

    async def add_reading(self, reading: Reading) -> None:
        if reading.signal_id not in self.journal:
            raise NotFound(f"There is no signal {reading.signal_id}.")
        self.readings[reading.signal_id, reading.name] = reading

    async def inboxes(self, channel: str) -> list[Inbox]:
        return [inbox for inbox in self._inboxes if inbox.channel == channel]

    async def checkpoint(self, inbox_id: UUID) -> str:
        return self.checkpoints.get(inbox_id, "")

    async def secret(self, inbox_id: UUID) -> bytes:
        return self.secrets.get(inbox_id, b"")

    async def renew_secret(self, inbox_id: UUID, renewed: Renewed) -> bytes:
        async with self._renewing:
            self.secrets[inbox_id] = await renewed(self.secrets.get(inbox_id, b""))
            return self.secrets[inbox_id]

    async def reached(self) -> None:
        self.times_reached += 1

    @property
    def arrivals(self) -> list[Arrival]:
        """What was accepted, oldest first."""
        return list(self.journal.values())
