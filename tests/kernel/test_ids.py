"""Ids: they ascend, and tell their moment, also on a clock that jumps."""

from datetime import UTC, datetime

from doorstep.kernel import made_at
from doorstep.kernel.ids import DRIFT, Ids

NOON = int(datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()) * 1_000_000_000
SECOND = 1_000_000_000


class Clock:
    """Stands until it is set."""

    now = NOON

    def __call__(self) -> int:
        return self.now


def test_they_ascend_on_a_clock_that_stands_and_one_that_is_set_back_a_little() -> None:
    clock = Clock()
    ids = Ids(clock)
    made = [ids.new() for _ in range(10_000)]
    clock.now -= int(DRIFT * SECOND * 0.9)
    made += [ids.new() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert (made_at(made[-1]).timestamp() * SECOND - clock.now) < DRIFT * SECOND


def test_set_ahead_and_back_they_tell_the_right_time_again() -> None:
    clock = Clock()
    ids = Ids(clock)
    clock.now += 3600 * SECOND
    ahead = ids.new()
    clock.now = NOON + SECOND
    again = [ids.new() for _ in range(3)]
    assert made_at(ahead) == datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert made_at(again[0]) == datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
    assert again == sorted(set(again))
