"""Archives: what a channel said before it was ours, as other programs keep it in files."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

import msgspec


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive may unpack to, so that a small file cannot fill the disk."""

    unpacked_bytes: int = 100_000_000_000
    members: int = 2_000_000
    depth: int = 3
    """Of archives within archives."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One message in an archive: where its bytes lie, and what its order needs to be known.

    `place` says to people where it stands: a file's name, and the offset when the file holds many. `wrong`:
    why it cannot or should not be taken over, in words; then it has only a place.
    """

    place: str
    path: str = ""
    offset: int = 0
    size: int = 0
    is_quoted: bool = False
    """Whether its lines are quoted, so that none looks like the beginning of the next message."""
    name: str = ""
    references: tuple[str, ...] = ()
    """Nearest first, as in `Signal`."""
    happened_at: datetime
    wrong: str = ""


@runtime_checkable
class Archives(Protocol):
    """A channel whose messages people keep in files."""

    def kept(self, paths: Sequence[Path], unpacked: Path, bounds: Bounds, now: datetime) -> Iterator[Kept]:
        """Every message, in the order they stand, from headers alone; the same each time.

        `unpacked` is a file to unpack into. What is no message is told by its `wrong`. Raises `Invalid` when
        there is nothing to look at, or more than the bounds.
        """
        ...

    def content(self, kept: Kept) -> bytes:
        """The bytes of one. Raises `Invalid` when they are more than is read, or the file has changed."""
        ...
