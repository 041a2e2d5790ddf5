"""A wire between us and the database that can be cut, and mended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit, urlunsplit


class Wire:
    """Forwards a port of ours to the server of a URL; `url` is the same database by way of it."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._query = parse_qs(self._parts.query)
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    @property
    def url(self) -> str:
        """The database, by this wire."""
        who = f"{self._parts.username}:{self._parts.password or ''}"
        return urlunsplit(self._parts._replace(netloc=f"{who}@127.0.0.1:{self._port}", query=""))

    async def mend(self) -> None:
        """Forward (again)."""
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        if self._server:
            self._server.close()
        for line in self._lines:
            line.transport.abort()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        port = int(self._query.get("port", [str(self._parts.port or 5432)])[0])
        folder = self._query.get("host", [""])[0]
        if folder.startswith("/"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        return await asyncio.open_connection(self._parts.hostname, port)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await self._reach()
        lines = {writer, to_there}
        self._lines |= lines
        try:
            await asyncio.gather(_copy(reader, to_there), _copy(there, writer))
        finally:
            self._lines -= lines
            for line in lines:
                line.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """A wire that holds until it is cut, for the length of the block."""
    wire = Wire(url)
    await wire.mend()
    try:
        yield wire
    finally:
        wire.cut()
        await asyncio.sleep(0)
