"""Whether a mail came from a place that the domain of its envelope sends from (SPF, RFC 7208).

No more is asked of the DNS than that RFC allows (§4.6.4), however records lead on to each other.
"""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import quote

from doorstep.channels.email.envelope import Envelope
from doorstep.channels.email.relays import address_of
from doorstep.channels.email.resolver import NoAnswer, Resolver
from doorstep.channels.email.spf_records import MACRO, Term, Wrong, read

MOST_QUESTIONS = 10
MOST_EMPTY = 2
MOST_NAMES = 10
"""Servers of one domain, and names of one address, that are looked at."""
LONGEST = 20.0
"""Seconds for all questions together."""
LONGEST_NAME = 253

_NAME = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{1,63}\.?", re.ASCII)
_SIGNS = {"%": "%", "_": " ", "-": "%20"}


def checked(envelope: Envelope, resolver: Resolver) -> str:
    """The result (§2.6): `pass`, `fail`, `softfail`, `neutral`, `none`, `permerror`, `temperror`. Blocks."""
    client = address_of(envelope.client_ip)
    if client is None:
        return "none"
    try:
        return _Check(client, envelope, resolver).result(envelope.domain)
    except Wrong:
        return "permerror"
    except NoAnswer:
        return "temperror"


class _Check:
    """One mail's way through the records: what may still be asked."""

    def __init__(self, client: IPv4Address | IPv6Address, envelope: Envelope, resolver: Resolver) -> None:
        self._client, self._envelope, self._resolver = client, envelope, resolver
        self._questions, self._empty = MOST_QUESTIONS, MOST_EMPTY
        self._ends = time.monotonic() + LONGEST

    def result(self, domain: str) -> str:
        """Of this domain's record, and those it leads to (§4)."""
        if not _NAME.fullmatch(domain):
            return "none"
        texts = [text.decode("ascii", "replace") for text in self._resolver.texts(domain)]
        records = [text for text in texts if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]
        if len(records) != 1:
            if records:
                raise Wrong
            return "none"
        terms, redirect = read(records[0])
        for term in terms:
            if self._matches(term, domain):
                return term.result
        return self._redirected(redirect, domain) if redirect else "neutral"

    def _redirected(self, redirect: str, domain: str) -> str:
        self._ask()
        found = self.result(self._expanded(redirect, domain))
        if found == "none":
            raise Wrong
        return found

    def _matches(self, term: Term, domain: str) -> bool:
        if term.name == "all":
            return True
        if term.network:
            return self._client in term.network
        self._ask()
        where = self._expanded(term.domain, domain) if term.domain else domain
        if term.name == "include":
            return self._includes(where)
        if term.name == "exists":
            return bool(self._told(self._resolver.addresses(where, 4)))
        if term.name == "ptr":
            return any(_is_below(name, where) for name in self._names())
        bits = term.bits if self._client.version == 4 else term.bits6
        places = self._addresses(term, where)
        return any(self._client in ip_network(f"{place}/{bits}", strict=False) for place in places)

    def _includes(self, where: str) -> bool:
        found = self.result(where)
        if found == "none":
            raise Wrong
        return found == "pass"

    def _addresses(self, term: Term, where: str) -> Iterator[str]:
        names = [where]
        if term.name == "mx":
            names = self._told(self._resolver.exchanges(where))
            if len(names) > MOST_NAMES:
                raise Wrong
        for name in names:
            found = self._addresses_of(name)
            yield from found if term.name == "mx" else self._told(found)

    def _names(self) -> Iterator[str]:
        """The client's names that lead back to it; what cannot be asked is passed over (§5.5)."""
        found: list[str] = []
        with suppress(NoAnswer):
            found = self._told(self._resolver.names(str(self._client)))[:MOST_NAMES]
        for name in found:
            with suppress(NoAnswer):
                if str(self._client) in self._addresses_of(name):
                    yield name.lower().rstrip(".")

    def _name(self, domain: str) -> str:
        """One of them, the domain's own first (§7.3)."""
        names = list(self._names())
        own = [name for name in names if _is_below(name, domain)]
        return min(own, key=len) if own else next(iter(names), "unknown")

    def _addresses_of(self, name: str) -> list[str]:
        self._hurry()
        return self._resolver.addresses(name, self._client.version)

    def _ask(self) -> None:
        self._hurry()
        self._questions -= 1
        if self._questions < 0:
            raise Wrong

    def _hurry(self) -> None:
        if time.monotonic() > self._ends:
            raise NoAnswer("the records of the sender's domain take too long")

    def _told(self, found: list[str]) -> list[str]:
        """The same; too many answers that say nothing end it."""
        self._empty -= not found
        if self._empty < 0:
            raise Wrong
        return found

    def _expanded(self, spec: str, domain: str) -> str:
        """A domain with its macros filled in (§7)."""
        name = MACRO.sub(lambda found: self._filled(found, domain), spec)
        while len(name.rstrip(".")) > LONGEST_NAME and "." in name:
            name = name.partition(".")[2]
        return name

    def _filled(self, found: re.Match[str], domain: str) -> str:
        letter, digits, reverse, between, sign = found.groups()
        if sign:
            return _SIGNS[sign]
        parts = re.split(f"[{re.escape(between or '.')}]", self._value(letter.lower(), domain))
        parts = parts[::-1] if reverse else parts
        value = ".".join(parts[-int(digits) :] if digits else parts)
        return quote(value, safe="") if letter.isupper() else value

    def _value(self, letter: str, domain: str) -> str:
        client, helo = self._client, self._envelope.helo
        sender = self._envelope.sender or f"postmaster@{helo}"
        local, _, of = sender.rpartition("@")
        if letter == "p":
            return self._name(domain)
        dotted = str(client) if client.version == 4 else ".".join(client.exploded.replace(":", ""))
        version = "in-addr" if client.version == 4 else "ip6"
        values = {"s": f"{local or 'postmaster'}@{of}", "l": local or "postmaster", "o": of, "d": domain}
        return {**values, "i": dotted, "v": version, "h": helo}[letter]


def _is_below(name: str, domain: str) -> bool:
    return f".{name}".endswith(f".{domain.lower().rstrip('.')}")
