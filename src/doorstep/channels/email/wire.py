"""A mail's bytes to a signal. Pure: the same bytes give the same signal, and any bytes give one."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from doorstep.channels.email.bodies import bodies
from doorstep.channels.email.bounces import returned
from doorstep.channels.email.charsets import line
from doorstep.channels.email.dates import happened_at
from doorstep.channels.email.files import gathered
from doorstep.channels.email.headers import Headers
from doorstep.channels.email.kinds import kind, returned_ids
from doorstep.channels.email.mailboxes import mailbox, mailboxes
from doorstep.channels.email.noticed import Noticed
from doorstep.channels.email.strip import newly_said
from doorstep.channels.email.suspicion import suspicion
from doorstep.channels.email.threads import (
    answered,
    digest,
    earlier,
    message_id,
    once,
    references,
    token,
)
from doorstep.channels.email.tree import Part, tree
from doorstep.kernel import Address, AddressKind, Arrival, Content, Inbox, Invalid, Kind, Parsed, Signal

LARGEST = 64 * 1024 * 1024
"""Bytes. The door takes less; this is what the reader itself will look at."""

SENDERLESS = "@no-sender.invalid"
"""How the address ends that we give to nobody."""

_SENDERS = ("from", "sender", "reply-to", "return-path")
_DELIVERED = dict.fromkeys(("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")).keys()

_SEEN = {"client_ip": 60, "helo": 600, "mail_from": 600}
"""What our own server saw of the envelope, and the longest that each is kept: no SMTP command is longer."""


class Read(msgspec.Struct, frozen=True):
    """One mail, read. `answered`, `earlier`: the names in In-Reply-To and References, in their order."""

    signal: Signal
    files: dict[str, Content]
    answered: tuple[str, ...]
    earlier: tuple[str, ...]
    warnings: tuple[str, ...]


def parse(inbox: Inbox, raw: bytes, meta: Mapping[str, str], received_at: datetime) -> Parsed:
    """Read one mail. Raises `Invalid` when it is empty or larger than `LARGEST`.

    `meta` may have the envelope: `recipient`, `sender`, and what our own door saw: `client_ip`, `helo` and
    `mail_from`.
    """
    found = read(inbox, raw, meta, received_at)
    return Parsed(Arrival(found.signal, raw), found.files)


def read(inbox: Inbox, raw: bytes, meta: Mapping[str, str], received_at: datetime) -> Read:
    """Read one mail, and say what was odd about it. Raises `Invalid` as `parse` does."""
    if not raw or raw.isspace():
        raise Invalid("The mail is empty.")
    if len(raw) > LARGEST:
        raise Invalid(f"The mail has {len(raw):,} bytes; we read up to {LARGEST:,}.")
    noticed = Noticed()
    mail = tree(raw, noticed)
    said = bodies(mail, noticed)
    attachments, files = gathered(said.files)
    names = tuple(answered(mail.headers)), tuple(earlier(mail.headers))
    content = {"text": said.text, "html": said.html, "attachments": attachments}
    content["said"] = newly_said(said.text, said.html)
    signal = _signal(inbox, mail, meta, received_at, names, **content)
    if why := suspicion(mail.headers, inbox, signal):
        signal = msgspec.structs.replace(signal, suspicion=why)
    return Read(signal, files, *names, noticed.words)


def _signal(
    inbox: Inbox,
    mail: Part,
    meta: Mapping[str, str],
    received_at: datetime,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    **content: object,
) -> Signal:
    headers, charset, content_digest = mail.headers, _charset(mail), digest(mail)
    name = message_id(headers, content_digest)
    sender = _sender(headers, charset, meta, content_digest)
    to, cc = mailboxes(headers.said("to", charset)), mailboxes(headers.said("cc", charset))
    ours = token(inbox, (*to, *cc, *_delivered(headers)), meta)
    sort = kind(mail, sender.value, inbox, bool(ours))
    nearest = references(*names)
    back = returned(mail, returned_ids(mail)) if sort is Kind.BOUNCE else None
    return Signal(
        inbox_id=inbox.id,
        channel="email",
        external_id=f"{name} {content_digest[:32]}",
        sender=sender,
        happened_at=happened_at(headers, received_at),
        kind=sort,
        to=to,
        cc=cc,
        reply_to=_reply_to(headers, charset, sender),
        subject=line(headers.text("subject", charset)),
        message_id=name,
        references=once((*back.message_ids, *nearest)) if back else nearest,
        returned=back,
        token=ours,
        attested=_attested(meta),
        **content,  # type: ignore[arg-type]
    )


def _reply_to(headers: Headers, charset: str, sender: Address) -> tuple[Address, ...]:
    """Whom answers shall go to; empty when that is the sender alone."""
    asked = mailboxes(headers.said("reply-to", charset))
    return () if [address.value for address in asked] == [sender.value] else asked


def _charset(mail: Part) -> str:
    """What raw bytes in headers are probably written in: the charset of the first part that names one."""
    return next((part.params["charset"] for part in mail.leaves() if part.params.get("charset")), "")


def _sender(headers: Headers, charset: str, meta: Mapping[str, str], content_digest: str) -> Address:
    """Who wrote it. One without any address is a stranger to every other: its mail's digest names it."""
    for name in _SENDERS:
        if found := mailboxes(headers.said(name, charset)):
            return found[0]
    said = line(headers.text("from", charset), 200)
    return mailbox(meta.get("sender", ""), said) or Address(
        AddressKind.MAILBOX, f"{content_digest[:20]}{SENDERLESS}", said
    )


def _delivered(headers: Headers) -> list[Address]:
    """Whom servers brought it to, where that may hold a token."""
    if _DELIVERED.isdisjoint(headers.names):
        return []
    values = [value for name in _DELIVERED for value in headers.each(name) if "+" in value or "=?" in value]
    return [address for value in values for address in mailboxes(value)]


def _attested(meta: Mapping[str, str]) -> dict[str, str]:
    """Only what our own server saw. An Authentication-Results in the mail is somebody's word, no more."""
    return {name: line(meta[name], most) for name, most in _SEEN.items() if meta.get(name)}
