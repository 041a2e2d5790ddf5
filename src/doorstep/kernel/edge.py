"""The edge: what a channel is given to hand signals in, keep files and look up its inboxes."""

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable
from uuid import UUID

import msgspec

from doorstep.kernel.signal import Arrival, Reading


class Inbox(msgspec.Struct, frozen=True):
    """One configured address of ours on a channel. `settings` is the channel's own struct, as JSON."""

    id: UUID
    channel: str
    name: str
    address: str
    settings: bytes = b"{}"


class Accepted(msgspec.Struct, frozen=True):
    """What became of the arrivals, in their order: the id of each signal, and whether it was new."""

    ids: tuple[UUID, ...]
    fresh: tuple[bool, ...]


class Checkpoint(msgspec.Struct, frozen=True):
    """How far a poller has read an inbox; committed together with what it read."""

    inbox_id: UUID
    value: str


Content = bytes | Iterable[bytes]
"""Of a file: whole, or piece by piece, anew each time it is read."""

Renewed = Callable[[bytes], Awaitable[bytes]]


@runtime_checkable
class Files(Protocol):
    """Where attachments lie, by content."""

    async def keep(self, content: Content) -> str:
        """Store and fsync; returns the SHA-256 in hex, which names it."""
        ...

    async def keep_stream(self, chunks: AsyncIterable[bytes], most: int) -> tuple[str, int]:
        """Store what comes piece by piece; returns SHA-256 and size. Raises `TooMuch` past `most` bytes."""
        ...

    async def read(self, sha256: str) -> bytes:
        """The content. Raises `NotFound`."""
        ...

    async def pieces(self, sha256: str, size: int) -> AsyncIterator[bytes]:
        """The content, `size` bytes at a time. Raises `NotFound`, at once."""
        ...


@runtime_checkable
class Edge(Protocol):
    """The one way in. When `accept` returns, it is safe to acknowledge."""

    files: Files

    @property
    def is_full(self) -> bool:
        """Whether `accept` would refuse: ask before anything large is read."""
        ...

    async def accept(self, arrivals: Sequence[Arrival], checkpoint: Checkpoint | None = None) -> Accepted:
        """Journal the arrivals, once each, with their raw bytes and the checkpoint, in one commit.

        Raises `Overloaded` when the backlog or the disk is past its limit: ask the other side to come back.
        """
        ...

    async def add_reading(self, reading: Reading) -> None:
        """Hand in what a slow look at an accepted signal found."""
        ...

    async def inboxes(self, channel: str) -> list[Inbox]:
        """The inboxes of a channel."""
        ...

    async def checkpoint(self, inbox_id: UUID) -> str:
        """How far this inbox was read; empty when it never was."""
        ...

    async def secret(self, inbox_id: UUID) -> bytes:
        """What the channel keeps secret for this inbox beside its settings; empty when nothing."""
        ...

    async def renew_secret(self, inbox_id: UUID, renewed: Renewed) -> bytes:
        """Put another secret in its place; returns what is kept then.

        `renewed` is called with what is kept now, by one caller at a time over all nodes. What it raises is
        passed on, and nothing is changed.
        """
        ...


@runtime_checkable
class PollerEdge(Edge, Protocol):
    """What a poller is given. Its `accept` fails once another node has this inbox."""

    async def reached(self) -> None:
        """Say that the other side answers and we are looking; an error raised later says otherwise."""
        ...
