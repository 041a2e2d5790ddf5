"""A screen that follows the live stream, and takes it up again where it broke off."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import msgspec

from tests.kills.process import Serve, signed_in


class Watcher:
    """`seen`: how often each event came, by its number; `ids`: what each number told of."""

    def __init__(self, node: Serve) -> None:
        self.seen: Counter[int] = Counter()
        self.told: dict[int, tuple[str, str | None]] = {}
        self.last: int | None = None
        self.began = 0
        self.hello = asyncio.Event()
        self.resets: list[tuple[int, int]] = []
        """What was skipped by being told to begin anew: from after, to."""
        self.changed: list[int] = []
        """Numbers that came twice and told different things."""
        self._node = node

    async def watch(self) -> None:
        """Until cancelled."""
        async with signed_in(self._node) as client:
            while True:
                with suppress(httpx.HTTPError):
                    await self._follow(client)
                await asyncio.sleep(0.2)

    async def _follow(self, client: httpx.AsyncClient) -> None:
        resume = {} if self.last is None else {"Last-Event-ID": str(self.last)}
        async with client.stream("GET", "/api/stream", headers=resume, timeout=20) as answer:
            frame: dict[str, str] = {}
            async for line in answer.aiter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    frame[name] = value
                elif "event" in frame:
                    self._heard(frame["event"], int(frame["id"]), frame["data"])
                    frame = {}

    def _heard(self, kind: str, number: int, data: str) -> None:
        if kind == "reset":
            self.resets.append((self.last or 0, number))
        elif kind == "change":
            self._keep(number, data)
        if not self.hello.is_set():
            self.began = number
            self.hello.set()
        self.last = number

    def _keep(self, number: int, data: str) -> None:
        change = msgspec.json.decode(data)
        told = (change["kind"], change["subject_id"])
        if self.told.setdefault(number, told) != told:
            self.changed.append(number)
        self.seen[number] += 1

    def missed(self, shown: dict[int, str]) -> list[int]:
        """Of the events `shown` (number: subject), those it never saw, or saw as another."""
        return [
            number
            for number, subject in shown.items()
            if number > self.began
            and not any(after < number <= to for after, to in self.resets)
            and self.told.get(number, ("", ""))[1] != subject
        ]

    def doubled(self) -> list[int]:
        """The numbers that came more than once."""
        return [number for number, times in self.seen.items() if times > 1]


@asynccontextmanager
async def watching(node: Serve) -> AsyncIterator[Watcher]:
    """A screen for the length of the block."""
    watcher = Watcher(node)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(watcher.watch())
        try:
            async with asyncio.timeout(30):
                await watcher.hello.wait()
            yield watcher
        finally:
            task.cancel()
