"""A DNS server on loopback, over UDP; it counts what it is asked."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class Names(asyncio.DatagramProtocol):
    """Answers from `texts`: text records by name, without the last dot. Silent for what is in `silent`.

    `records`: others, as in `("shop.test", "MX"): ["10 mail.shop.test."]`.
    """

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.records: dict[tuple[str, str], list[str]] = {}
        self.silent: set[str] = set()
        self.asked: Counter[str] = Counter()
        self.port = 0

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    def datagram_received(self, data: bytes, addr: Any) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text(omit_final_dot=True).lower()
        self.asked[name] += 1
        if name in self.silent:
            return
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        if found := _quoted(self.texts.get(name, [])) if kind == "TXT" else self.records.get((name, kind)):
            response.answer.append(dns.rrset.from_text(query.question[0].name, 300, "IN", kind, *found))
        else:
            response.set_rcode(dns.rcode.NXDOMAIN)
        self._transport.sendto(response.to_wire(), addr)


def _quoted(texts: list[str]) -> list[str]:
    """In strings of at most 200 characters, as they are sent."""
    return [" ".join(f'"{text[n : n + 200]}"' for n in range(0, len(text), 200)) for text in texts]


@asynccontextmanager
async def names() -> AsyncIterator[Names]:
    """Such a server, for the length of the block."""
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(Names, local_addr=("127.0.0.1", 0))
    try:
        yield server
    finally:
        transport.close()
