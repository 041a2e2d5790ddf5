"""Past a limit the doors say so, nothing is lost, and they open again by themselves."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx

from tests.kills.count import check_rows, drained, lost_and_doubled
from tests.kills.load import writing
from tests.kills.process import Serve, serving, signed_in

BACKLOG = 40
PRODUCTS = {"source": "shop", "rows": [{"id": "p1", "sku": "P1", "title": "Kettle"}]}


@asynccontextmanager
async def spine_held(url: str) -> AsyncIterator[None]:
    """Nothing is shown for the length of the block: its tables are locked."""
    on = await asyncpg.connect(url)
    try:
        async with on.transaction():
            await on.execute("lock table interaction in exclusive mode")
            yield
    finally:
        await on.close()


async def until_put_off(client: httpx.AsyncClient) -> httpx.Response:
    """The first refusal of the HTTP intake."""
    async with asyncio.timeout(20):
        while (answer := await client.post("/api/commerce/products", json=PRODUCTS)).status_code == 200:
            await asyncio.sleep(0.05)
    return answer


async def test_a_backlog_past_its_limit(tmp_path: Path) -> None:
    async with serving(tmp_path, backlog=BACKLOG) as node, signed_in(node) as client:
        async with writing(node.door, seed=3, writers=3, pause=0.01) as load:
            await load.some(10, 30)
            async with spine_held(await node.url()):
                refused = await until_put_off(client)
                async with asyncio.timeout(20):
                    while not load.put_off:
                        await asyncio.sleep(0.05)
            began = time.monotonic()
            await load.some(30, 30)
            print(f"\nopen again after {time.monotonic() - began:.1f} s, {load.put_off} put off with 452")
        check_refusal(refused)
        assert (await client.post("/api/commerce/products", json=PRODUCTS)).status_code == 200
        await check_all_is_there(node, list(load.acknowledged))


async def test_a_full_disk(tmp_path: Path) -> None:
    async with serving(tmp_path, disk_free=0.999) as node:
        async with writing(node.door, seed=4, writers=2, pause=0.01) as load:
            async with signed_in(node) as client:
                check_refusal(await until_put_off(client))
            async with asyncio.timeout(20):
                while not load.put_off:
                    await asyncio.sleep(0.05)
            node.configure(backlog=1000, disk_free=0.0)
            node.tell(signal.SIGTERM)
            await node.ended(10)
            await node.start()
            await load.some(5, 30)
        await check_all_is_there(node, list(load.acknowledged))


def check_refusal(answer: httpx.Response) -> None:
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["type"] == "urn:doorstep:problem:overloaded"


async def check_all_is_there(node: Serve, acknowledged: list[str]) -> None:
    await drained(await node.url(), 60)
    on = await asyncpg.connect(await node.url())
    assert await lost_and_doubled(on, acknowledged) == ([], [])
    await check_rows(on)
    await on.close()
