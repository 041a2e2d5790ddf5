"""The bus carries wake-ups, and nothing else: a wake-up may be lost, an event cannot."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

OUTBOX = "outbox"
"""An event was committed and waits for its number."""
EVENTS = "events"
"""Events have got their numbers."""
SIGNALS = "signals"
"""Signals were accepted."""
JOBS = "jobs"
"""A job is due."""


@runtime_checkable
@runtime_checkable
class Bus(Protocol):
    """Wake-ups between tasks and nodes, coalesced to one per topic every 20 ms."""

    def wake(self, topic: str) -> None:
        """Wake whoever listens, here at once and elsewhere soon. Never blocks, never fails."""
        ...

    def listen(self, topic: str, heard: Callable[[], None]) -> Callable[[], None]:
        """Call `heard` at each wake-up; returns how to stop."""
        ...
