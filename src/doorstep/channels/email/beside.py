"""A thread of its own for a library that blocks: calls are done in it, one after another."""

import asyncio
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")


class Beside:
    """One thread. It waits on servers for half an hour at a time, so it never keeps the process alive."""

    def __init__(self, name: str) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    async def do(self, call: Callable[..., Result], *given: Any) -> Result:
        """Do `call(*given)` there. Cancelled, it is no longer waited for, but goes on."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Result] = loop.create_future()

        def work() -> None:
            try:
                _tell(loop, done, partial(done.set_result, call(*given)))
            except BaseException as error:
                _tell(loop, done, partial(done.set_exception, error))

        self._calls.put(work)
        return await done

    def end(self, last: Callable[[], None]) -> None:
        """Do this last, then end."""
        self._calls.put(last)
        self._calls.put(None)

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call()


def _tell(loop: asyncio.AbstractEventLoop, done: "asyncio.Future[Any]", how: Callable[[], object]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(lambda: None if done.done() else how())
