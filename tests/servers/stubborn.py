"""A wire to an IMAP server that does as bad servers do: it hangs up, or says no, when asked for one mail."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.servers.ports import free_port

_FETCH = re.compile(rb"(\S+) UID FETCH ([\d,:*]+) \(UID (BODY\S*)\)\r\n")


class Stubborn:
    """`uid` is the mail it does not give out; `says_no`: rather than hanging up. `asked`: how often."""

    host = "127.0.0.1"

    def __init__(self, to: tuple[str, int], uid: int, says_no: bool) -> None:
        self.to, self.uid, self.says_no, self.port = to, uid, says_no, free_port()
        self.asked = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_connection(*self.to)
        back = asyncio.create_task(_copy(there, writer))
        try:
            while line := await reader.readline():
                if self._is_it(line):
                    self.asked += 1
                    if not self.says_no:
                        break
                    writer.write(line.split(b" ")[0] + b" NO [SERVERBUG] Cannot read that mail\r\n")
                    continue
                to_there.write(line)
        finally:
            back.cancel()
            await asyncio.gather(back, return_exceptions=True)
            writer.close()
            to_there.close()

    def _is_it(self, line: bytes) -> bool:
        found = _FETCH.fullmatch(line)
        return bool(found and str(self.uid).encode() in found[2].split(b","))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()
    writer.close()


@asynccontextmanager
async def stubborn(to: tuple[str, int], uid: int, says_no: bool) -> AsyncIterator[Stubborn]:
    """The wire, for the length of the block."""
    wire = Stubborn(to, uid, says_no)
    server = await asyncio.start_server(wire.serve, wire.host, wire.port)
    try:
        yield wire
    finally:
        server.close()
