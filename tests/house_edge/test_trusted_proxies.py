"""Whose request it is: what a trusted proxy says, and nobody else."""

import asyncio
from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, get

from doorstep.house.server import serve_http
from tests.servers.ports import free_port


@get("/who")
async def who(request: Request[Any, Any, Any]) -> str:
    """The address that the lock-out counts."""
    return request.client.host if request.client else ""


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (["127.0.0.1"], "203.0.113.9"),
        (["127.0.0.0/8", "10.0.0.0/8"], "203.0.113.9"),
        (["10.0.0.0/8"], "127.0.0.1"),
        ([], "127.0.0.1"),
    ],
)
async def test_only_a_trusted_proxy_is_believed(proxies: list[str], seen: str) -> None:
    port, started = free_port(), asyncio.Event()
    serving = asyncio.create_task(serve_http(Litestar([who]), "127.0.0.1", port, started, proxies))
    await asyncio.wait_for(started.wait(), 10)
    try:
        async with httpx.AsyncClient() as client:
            # What stands before a proxy's own word was written by the client, and is not believed.
            headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
            answer = await client.get(f"http://127.0.0.1:{port}/who", headers=headers)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert answer.text == seen
