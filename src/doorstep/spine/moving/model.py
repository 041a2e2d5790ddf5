"""Imports: what somebody brings from elsewhere, and how far it is taken."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from doorstep.kernel import Bounds, Kept


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Where imports lie while they are taken, and how large they may be."""

    folder: Path
    upload_bytes: int = 20_000_000_000
    bounds: Bounds = Bounds()

    def of(self, import_id: UUID) -> Path:
        """The folder of one import; gone when that has ended."""
        return self.folder / str(import_id)


class Run(msgspec.Struct, frozen=True):
    """An import that has not ended. `place`: how many of its messages are done, in their order."""

    id: UUID
    inbox_id: UUID
    paths: list[str]
    is_uploaded: bool
    ours: list[str]
    fingerprint: str
    place: int


class Import(msgspec.Struct, frozen=True):
    """An import as it stands: `known` were here already, `refused` were not taken, each with its reason.

    `state` is `waiting`, `running`, `done`, `cancelled` or `failed`; `total` is known when all is listed.
    """

    id: UUID
    inbox_id: UUID
    inbox_name: str
    channel: str
    name: str
    state: str
    total: int | None
    place: int
    taken: int
    known: int
    refused: int
    error: str
    agent_name: str | None
    created_at: datetime
    began_at: datetime | None
    began_place: int
    ended_at: datetime | None


class Refusal(msgspec.Struct, frozen=True):
    """A message that was not taken: its place in the order, where it lies, its name, and why."""

    place: int
    found_at: str
    message_id: str
    reason: str


class Planned(msgspec.Struct, frozen=True):
    """A message in its order. `above` are the names at the top of its thread."""

    kept: Kept
    above: tuple[str, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """What became of some messages."""

    taken: int = 0
    known: int = 0
    refused: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.taken + other.taken, self.known + other.known, self.refused + other.refused)
