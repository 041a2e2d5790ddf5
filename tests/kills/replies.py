"""An agent who answers without rest, through the desk's own interface."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.kills.process import Serve, signed_in
from tests.servers.sink import Sink

EVERY = 0.3
"""Seconds between two answers."""


class Answers:
    """`queued`: the words of each reply that was answered 201."""

    def __init__(self, node: Serve, seed: int) -> None:
        self.queued: list[str] = []
        self.is_over = asyncio.Event()
        self._node, self._seed, self._dice = node, seed, random.Random(seed)
        self._number = 0

    async def give(self) -> None:
        """Answer open conversations until it is over; what goes wrong is not queued, and that is all."""
        async with signed_in(self._node) as client:
            while not self.is_over.is_set():
                try:
                    await self._answer(client)
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
                await asyncio.sleep(EVERY)

    async def _answer(self, client: httpx.AsyncClient) -> None:
        page = await client.get("/api/queue?view=all")
        rows = page.json()["rows"] if page.status_code == 200 else []
        if not rows:
            return
        self._number += 1
        words = f"Answer {self._seed}.{self._number}."
        to = self._dice.choice(rows)["id"]
        answer = await client.post(f"/api/conversations/{to}/replies", json={"text": words})
        if answer.status_code == 201:
            self.queued.append(words)

    def check(self, sink: Sink) -> int:
        """Every queued reply arrived, all its copies under one name. Returns how many came more than once."""
        arrived: dict[str, list[str]] = defaultdict(list)
        for mail in sink.mails:
            said = mail.get_body(("plain",))
            assert said is not None
            arrived[str(said.get_content()).strip().splitlines()[0]].append(mail["Message-ID"])
        assert [words for words in self.queued if words not in arrived] == []
        assert {words: names for words, names in arrived.items() if len(set(names)) > 1} == {}
        return sum(len(names) > 1 for names in arrived.values())


@asynccontextmanager
async def answering(node: Serve, seed: int) -> AsyncIterator[Answers]:
    """An agent at work for the length of the block."""
    answers = Answers(node, seed)
    async with asyncio.TaskGroup() as group:
        group.create_task(answers.give())
        try:
            yield answers
        finally:
            answers.is_over.set()
