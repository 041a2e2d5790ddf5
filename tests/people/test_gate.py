"""A few passwords at a time; the rest wait, and not without end."""

import asyncio

import pytest

from doorstep.kernel import Overloaded
from doorstep.people.gate import AT_ONCE, WAITING, Gate
from doorstep.testing import TurnableClock


async def test_few_at_once_and_too_many_are_sent_away() -> None:
    gate, inside, most, go = Gate(TurnableClock(), secure=False), 0, 0, asyncio.Event()

    async def enter() -> None:
        nonlocal inside, most
        async with gate:
            inside += 1
            most = max(most, inside)
            await go.wait()
            inside -= 1

    entering = [asyncio.create_task(enter()) for _ in range(AT_ONCE + WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await enter()
    go.set()
    await asyncio.gather(*entering)
    assert most == AT_ONCE
    await asyncio.wait_for(enter(), timeout=1)


async def test_whoever_gives_up_waiting_leaves_no_gap() -> None:
    gate = Gate(TurnableClock(), secure=False)
    async with gate, gate:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), gate:
                pass
    async with gate, gate:
        assert gate._waiting == 0
