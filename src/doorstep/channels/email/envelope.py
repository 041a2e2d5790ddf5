"""Whom our servers had a mail from: the first of them that is not ours, and what was said there.

Our own door saw who handed a mail to it. If that was one of our relays, it wrote on top of the mail whom it
had it from, and so on. What stands below that anybody may have written, and it is not looked at.
"""

from collections.abc import Iterator, Mapping

import msgspec

from doorstep.channels.email.headers import Headers
from doorstep.channels.email.received import hop
from doorstep.channels.email.relays import Networks, is_one, is_outside

MOST_HOPS = 20


class Envelope(msgspec.Struct, frozen=True):
    """The address it came from, whom it says it is from, and what that server called itself."""

    client_ip: str
    sender: str
    """Empty in a bounce."""
    helo: str

    @property
    def domain(self) -> str:
        """Whose mail it says it is; a bounce is its server's."""
        return (self.sender.rpartition("@")[2] if self.sender else self.helo).lower().rstrip(".")


def envelope_of(seen: Mapping[str, str], headers: Headers, relays: Networks) -> Envelope | None:
    """None where nobody whom we believe knows. `seen`: by our own door, or nothing of what was fetched."""
    trace = iter(headers.each("received")[:MOST_HOPS])
    at = _handed(seen) if seen.get("client_ip") else _fetched(headers, trace, relays)
    while at is not None and is_one(at.client_ip, relays):
        at = _before(at.sender, trace)
    return at if at is not None and is_outside(at.client_ip) else None


def _handed(seen: Mapping[str, str]) -> Envelope | None:
    return Envelope(seen["client_ip"], seen.get("mail_from", ""), seen["helo"]) if "helo" in seen else None


def _fetched(headers: Headers, trace: Iterator[str], relays: Networks) -> Envelope | None:
    """What the mailbox's server wrote on top; of its own, only that it had the mail from a relay of ours."""
    paths = [value for name, value in headers.above("received") if name == "return-path"]
    if not relays or not paths:
        return None
    at = _before(paths[0].strip("<> "), trace)
    return at if at is not None and is_one(at.client_ip, relays) else None


def _before(sender: str, trace: Iterator[str]) -> Envelope | None:
    found = hop(next(trace, ""))
    return Envelope(found.ip, sender, found.helo) if found else None
