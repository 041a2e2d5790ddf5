"""A clock that stands until it is turned."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday, when nothing is told."""


class TurnableClock:
    """Stands at `at` until `turn` moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def turn(self, by: timedelta) -> datetime:
        """Move on (or back) by so much; returns the new present."""
        self.at += by
        return self.at
