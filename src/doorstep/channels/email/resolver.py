"""Asking the DNS, within bounds: answers are kept as long as they say, and no question takes over seconds."""

from collections.abc import Sequence
from typing import Any

import dns.exception
import dns.resolver
import dns.reversename

LIFETIME = 5.0
"""Seconds a question may take, over all its tries."""
KEPT = 2000
NOWHERE = (".invalid", ".example")
"""No such domains can be (RFC 6761), so nobody is asked."""


class NoAnswer(Exception):
    """The DNS did not answer in time, or could not."""


class Resolver:
    """Records by name; none when there is no such name. Raises `NoAnswer`, and blocks.

    `nameservers` and `port`: other servers than the machine's own.
    """

    def __init__(self, nameservers: Sequence[str] = (), port: int = 53) -> None:
        self._nameservers, self._port = nameservers, port
        self._asks: dns.resolver.Resolver | None = None

    def texts(self, name: str) -> list[bytes]:
        return [b"".join(record.strings) for record in self._found(name, "TXT")]

    def addresses(self, name: str, version: int) -> list[str]:
        """Those of IP version 4 or 6."""
        return [record.address for record in self._found(name, "A" if version == 4 else "AAAA")]

    def exchanges(self, name: str) -> list[str]:
        """The servers that take its mail."""
        return [record.exchange.to_text() for record in self._found(name, "MX")]

    def names(self, address: str) -> list[str]:
        """What this address says it is called."""
        reverse = dns.reversename.from_address(address).to_text()
        return [record.target.to_text() for record in self._found(reverse, "PTR")]

    def _found(self, name: str, kind: str) -> list[Any]:
        if name.lower().rstrip(".").endswith(NOWHERE):
            return []
        try:
            found = self._ready().resolve(name, kind, lifetime=LIFETIME, raise_on_no_answer=False)
        except (dns.resolver.NXDOMAIN, dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise NoAnswer(str(error)) from error
        return list(found.rrset or ())

    def _ready(self) -> dns.resolver.Resolver:
        if self._asks is None:
            asks = dns.resolver.Resolver(configure=not self._nameservers)
            if self._nameservers:
                asks.nameservers, asks.port = list(self._nameservers), self._port
            asks.cache = dns.resolver.LRUCache(KEPT)
            self._asks = asks
        return self._asks
