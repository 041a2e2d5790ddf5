"""Whom a server had a mail from, as it writes that on top of it (RFC 5321 §4.4), each program in its own way.

What a client calls itself (HELO) is its own choice, and may look like an address. Each form is therefore read
from its begin and as a whole; a line in another form says nothing.
"""

import re

import msgspec

from doorstep.channels.email.relays import address_of

_HELO = r"(?P<helo>[^\s()]+)"
_IP = r"(?:IPv6:)?(?P<ip>[0-9a-f.:]{2,45})"
_FORMS = [
    re.compile(form, re.I)
    for form in (
        # Postfix, sendmail, OpenSMTPD, Haraka, Dovecot; Exim, where it knows the client's name
        rf"from {_HELO} \((?!HELO )(?:[^\s()\[\]]+ )?\[{_IP}\](?::\d+)?(?: helo=(?P<said>[^\s()]+))?[ )]",
        # Exim, where it does not
        rf"from \[{_IP}\](?::\d+)? \((?:port=\d+ )?(?:ident=[^\s()]+ )?helo={_HELO}[ )]",
        # Exchange; qmail, where both names are one
        rf"from {_HELO} \({_IP}\) by ",
        # qmail
        rf"from [^\s()]+ \(HELO {_HELO}\) \((?:[^\s()@]+@)?{_IP}\)",
    )
]
_SIGNED_IN = re.compile(r" with \w*[SL]MTPS?A\b|\(authenticated\b", re.I)
"""RFC 3848; sendmail says it in words."""


class Hop(msgspec.Struct, frozen=True):
    """The client's address, and what it called itself."""

    ip: str
    helo: str


def hop(received: str) -> Hop | None:
    """What a `Received` tells; none if it cannot be read, or somebody of the house had signed in there."""
    words = " ".join(received[:4000].split())
    if _SIGNED_IN.search(words):
        return None
    for form in _FORMS:
        if found := form.match(words):
            said = found.groupdict()
            return Hop(said["ip"], said.get("said") or said["helo"]) if address_of(said["ip"]) else None
    return None
