"""A mail's bytes to a signal. Pure: the same bytes give the same signal, and any bytes give one."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from doorstep.channels.email.bounces import returned
from doorstep.channels.email.charsets import line
from doorstep.channels.email.dates import happened_at
from doorstep.channels.email.kinds import returned_ids
from doorstep.channels.email.mailboxes import mailboxes
from doorstep.channels.email.reading import Read, read
from doorstep.channels.email.suspicion import suspicion
from doorstep.channels.email.threads import NAMELESS, digest, once, references
from doorstep.kernel import Address, Arrival, Inbox, Kind, Parsed, Signal

SENDERLESS = "@no-sender.invalid"
"""How the address ends that we give to nobody."""

_SEEN = {"client_ip": 60, "helo": 600, "mail_from": 600}
"""What our own server saw of the envelope, and the longest that each is kept: no SMTP command is longer."""


def parse(inbox: Inbox, raw: bytes, meta: Mapping[str, str], received_at: datetime) -> Parsed:
    """Read one mail. Raises `Invalid` when it is empty or larger than `LARGEST`.

    `meta` may have the envelope: `recipient`, `sender`, and what our own door saw: `client_ip`, `helo` and
    `mail_from`.
    """
    found = read(inbox, raw, meta)
    signal = _signal(inbox, found, meta, received_at)
    if why := suspicion(found.mail.headers, inbox, signal):
        signal = msgspec.structs.replace(signal, suspicion=why)
    return Parsed(Arrival(signal, raw), found.files)


def _signal(inbox: Inbox, found: Read, meta: Mapping[str, str], received_at: datetime) -> Signal:
    content_digest = digest(found.mail)
    name = found.message_id or f"<{content_digest[:32]}{NAMELESS}"
    nearest = references(found.answered, found.earlier)
    bounced = found.kind is Kind.BOUNCE
    back = returned(found.mail, returned_ids(found.mail)) if bounced else None
    return Signal(
        inbox_id=inbox.id,
        channel="email",
        external_id=f"{name} {content_digest[:32]}",
        sender=_somebody(found.sender, content_digest),
        happened_at=happened_at(found.mail.headers, received_at),
        kind=found.kind,
        to=found.to,
        cc=found.cc,
        reply_to=_reply_to(found),
        subject=found.subject,
        text=found.text,
        said=found.said,
        html=found.html,
        message_id=name,
        references=once((*back.message_ids, *nearest)) if back else nearest,
        token=found.token,
        attachments=found.attachments,
        attested=_attested(meta),
        returned=back,
    )


def _somebody(sender: Address, content_digest: str) -> Address:
    """One without any address is a stranger to every other: its mail's digest names it."""
    if sender.value:
        return sender
    return msgspec.structs.replace(sender, value=f"{content_digest[:20]}{SENDERLESS}")


def _reply_to(found: Read) -> tuple[Address, ...]:
    """Whom answers shall go to; empty when that is the sender alone."""
    asked = mailboxes(found.mail.headers.said("reply-to", found.charset))
    return () if [address.value for address in asked] == [found.sender.value] else asked


def _attested(meta: Mapping[str, str]) -> dict[str, str]:
    """Only what our own server saw. An Authentication-Results in the mail is somebody's word, no more."""
    return {name: line(meta[name], most) for name, most in _SEEN.items() if meta.get(name)}
