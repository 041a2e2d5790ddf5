"""What sign-ins pass through: the clock, whether cookies need https, and two at a time."""

import asyncio

from doorstep.kernel import Clock, Overloaded

AT_ONCE = 2
"""Passwords verified at the same time: each takes 64 MiB and a core for some 100 ms."""
WAITING = 100


class Gate:
    """Lets sign-ins through, a few at a time. Raises `Overloaded` when too many stand before it."""

    def __init__(self, clock: Clock, secure: bool) -> None:
        self.clock = clock
        self.secure = secure
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def __aenter__(self) -> None:
        if self._waiting >= WAITING:
            raise Overloaded("Too many people are signing in at this moment. Try again in a minute.")
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._free.release()
