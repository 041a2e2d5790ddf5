"""A clock that stands until it is turned."""

from datetime import timedelta

from doorstep.testing import TurnableClock


def test_stands_until_it_is_turned() -> None:
    clock = TurnableClock()
    noon = clock.now()
    assert clock.now() == noon
    assert clock.turn(timedelta(hours=1)) == clock.now() == noon + timedelta(hours=1)
