"""Ears for the live stream: frames as a browser's EventSource would hand them on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec


class Frame(msgspec.Struct, frozen=True):
    """One event of the stream."""

    id: int
    event: str
    data: dict[str, Any]


@asynccontextmanager
async def listening(client: httpx.AsyncClient, last: object = None) -> AsyncIterator[AsyncIterator[Frame]]:
    """An open stream, after `last` when given."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    async with client.stream("GET", "/api/stream", headers=headers, timeout=20) as answer:
        assert answer.status_code == 200
        yield frames(answer.aiter_lines())


async def frames(lines: AsyncIterator[str]) -> AsyncIterator[Frame]:
    fields: dict[str, str] = {}
    async for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Frame(int(fields["id"]), fields["event"], msgspec.json.decode(fields["data"]))
            fields = {}
