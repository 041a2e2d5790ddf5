"""Who stands at the door, and how much of their mails we hold: bounded in all, and for each client."""

import asyncio
import ipaddress
from collections import Counter

LINE = 64
"""Bytes that a line weighs beside its own, while it is being read."""
BEGIN = 0.75
"""Beyond this part of the bytes no mail begins, so that those that came before can end."""
SHARE = 0.5
"""The part that one client may hold."""


def weight(piece: bytes) -> int:
    """What a piece of a mail weighs in memory, in bytes: a mail of empty lines is no small one."""
    return len(piece) + LINE * piece.count(b"\n")


def client_of(transport: asyncio.BaseTransport) -> str:
    """Whom a connection belongs to: an IPv4 address, an IPv6 host's whole /64."""
    peer = transport.get_extra_info("peername")
    try:
        ip = ipaddress.ip_address(str(peer[0]).partition("%")[0])
    except (ValueError, TypeError, IndexError):
        return ""
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))


class Crowd:
    """The connections, and the bytes that are held for each client."""

    def __init__(self, most: int, most_of_one: int, most_bytes: int) -> None:
        self.transports: set[asyncio.BaseTransport] = set()
        self._most, self._most_of_one, self._most_bytes = most, most_of_one, most_bytes
        self._connections: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._empty = asyncio.Event()
        self._empty.set()

    def came(self, transport: asyncio.BaseTransport) -> bool:
        """Count a connection; false when there are too many."""
        client = client_of(transport)
        if len(self.transports) >= self._most or self._connections[client] >= self._most_of_one:
            return False
        self.transports.add(transport)
        self._connections[client] += 1
        self._empty.clear()
        return True

    def went(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection that was counted."""
        self.transports.discard(transport)
        _less(self._connections, client_of(transport), 1)
        if not self.transports:
            self._empty.set()

    def has_room(self, client: str) -> bool:
        """Whether another mail may begin."""
        return self._fits(client, self._most_bytes * BEGIN)

    def hold(self, client: str, size: int) -> bool:
        """Count bytes that came; when they are too many they are not counted, and it says false."""
        self._bytes[client] += size
        if self._fits(client, self._most_bytes):
            return True
        self.let_go(client, size)
        return False

    def let_go(self, client: str, size: int) -> None:
        """Forget bytes that were counted."""
        _less(self._bytes, client, size)

    def _fits(self, client: str, most: float) -> bool:
        return self._bytes.total() <= most and self._bytes[client] <= most * SHARE

    async def gone(self) -> None:
        """Until nobody is here."""
        await self._empty.wait()


def _less(counter: Counter[str], key: str, by: int) -> None:
    counter[key] -= by
    if counter[key] <= 0:
        del counter[key]
