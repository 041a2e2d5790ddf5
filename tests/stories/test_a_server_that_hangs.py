"""One inbox's mail server takes every call and never speaks; the other inbox's replies leave meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from doorstep.kernel.bus import JOBS
from doorstep.store.jobs import AT_ONCE
from tests.parts import until
from tests.servers.ports import free_port
from tests.servers.sink import sink
from tests.stories.conftest import Served
from tests.stories.test_a_mail_is_answered import mail, post

MANY, FEW = 2 * AT_ONCE, 3


class Mute:
    """A listening socket: it accepts, and never says a word."""

    def __init__(self) -> None:
        self.port = free_port()
        self.called = 0

        self._calls: set[asyncio.StreamWriter] = set()

    async def take(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.called += 1
        self._calls.add(writer)

    def hang_up(self) -> None:
        for writer in self._calls:
            writer.close()


@asynccontextmanager
async def mute() -> AsyncIterator[Mute]:
    """One, for the length of the block."""
    opened = Mute()
    server = await asyncio.start_server(opened.take, "127.0.0.1", opened.port)
    try:
        yield opened
    finally:
        opened.hang_up()
        server.close()


def outgoing(port: int) -> dict[str, object]:
    return {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 300}


async def write(house: Served, agent: httpx.AsyncClient, to: str, replies: int) -> None:
    """A customer writes to `to`; the agent answers so many times."""
    await post(house, mail("ada@mail.example", to, to, "Where is it?"))
    rows: list[dict[str, str]] = []
    while not rows:
        found = (await agent.get("/api/queue?view=team")).json()["rows"]
        rows = [row for row in found if row["matter"] == to]
    for number in range(replies):
        answer = await agent.post(f"/api/conversations/{rows[0]['id']}/replies", json={"text": f"{number}"})
        assert answer.status_code == 201, answer.text


async def test_the_other_inboxes_replies_leave_meanwhile(house: Served) -> None:
    async with mute() as hangs, sink() as takes, house.signed_in("maren@shop.example") as agent:
        await house.add_inbox("hangs@shop.example", outgoing(hangs.port))
        await house.add_inbox("goes@shop.example", outgoing(takes.port))
        await write(house, agent, "hangs@shop.example", MANY)
        await write(house, agent, "goes@shop.example", FEW)
        async with house.house.db.connection() as on:
            await on.execute("update job set due_at = created_at")
        house.house.bus.wake(JOBS)
        await until(lambda: len(takes.mails) == FEW, 20)
        assert 0 < hangs.called <= AT_ONCE // 4
        async with house.house.db.connection() as on:
            assert await on.fetchval("select count(*) from job") >= MANY
