"""A mail's bytes read: all that stands in it. What the house makes of that is `wire`'s. Pure."""

from collections.abc import Mapping

import msgspec

from doorstep.channels.email.bodies import bodies
from doorstep.channels.email.charsets import line
from doorstep.channels.email.files import gathered
from doorstep.channels.email.headers import Headers
from doorstep.channels.email.kinds import kind
from doorstep.channels.email.mailboxes import mailbox, mailboxes
from doorstep.channels.email.noticed import Noticed
from doorstep.channels.email.strip import newly_said
from doorstep.channels.email.threads import answered, earlier, message_ids, token
from doorstep.channels.email.tree import Part, tree
from doorstep.kernel import Address, AddressKind, Attachment, Content, Inbox, Invalid, Kind

LARGEST = 64 * 1024 * 1024
"""Bytes. The door takes less; this is what the reader itself will look at."""

_SENDERS = ("from", "sender", "reply-to", "return-path")
_DELIVERED = dict.fromkeys(("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")).keys()


class Read(msgspec.Struct, frozen=True):
    """One mail, read. `answered`, `earlier`: the names in In-Reply-To and References, in their order.

    `message_id` is empty when it has none, as is the address of a sender who gives none; `said` where it is
    the whole text; `charset` is what raw bytes in its headers are probably written in.
    """

    mail: Part
    kind: Kind
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    token: str
    subject: str
    message_id: str
    answered: tuple[str, ...]
    earlier: tuple[str, ...]
    text: str
    html: str
    said: str
    attachments: tuple[Attachment, ...]
    files: dict[str, Content]
    charset: str
    warnings: tuple[str, ...]


def read(inbox: Inbox, raw: bytes, meta: Mapping[str, str]) -> Read:
    """Read one mail, and say what was odd about it. Raises `Invalid` as `wire.parse` does."""
    if not raw or raw.isspace():
        raise Invalid("The mail is empty.")
    if len(raw) > LARGEST:
        raise Invalid(f"The mail has {len(raw):,} bytes; we read up to {LARGEST:,}.")
    noticed = Noticed()
    mail = tree(raw, noticed)
    content = bodies(mail, noticed)
    attachments, files = gathered(content.files)
    headers, charset = mail.headers, _charset(mail)
    sender = _sender(headers, charset, meta)
    to, cc = mailboxes(headers.said("to", charset)), mailboxes(headers.said("cc", charset))
    ours = token(inbox, (*to, *cc, *_delivered(headers)), meta)
    ids = message_ids(headers.said("message-id"))
    return Read(
        mail=mail,
        kind=kind(mail, sender.value, inbox, bool(ours)),
        sender=sender,
        to=to,
        cc=cc,
        token=ours,
        subject=line(headers.text("subject", charset)),
        message_id=ids[0] if ids else "",
        answered=answered(headers),
        earlier=earlier(headers),
        text=content.text,
        html=content.html,
        said=newly_said(content.text, content.html),
        attachments=attachments,
        files=files,
        charset=charset,
        warnings=noticed.words,
    )


def _charset(mail: Part) -> str:
    """That of the first part that names one; none where no header has such bytes."""
    if mail.headers.is_plain:
        return ""
    return next((part.params["charset"] for part in mail.leaves() if part.params.get("charset")), "")


def _sender(headers: Headers, charset: str, meta: Mapping[str, str]) -> Address:
    """Who wrote it."""
    for name in _SENDERS:
        if headers.has(name) and (found := mailboxes(headers.said(name, charset))):
            return found[0]
    said = line(headers.text("from", charset), 200)
    return mailbox(meta.get("sender", ""), said) or Address(AddressKind.MAILBOX, "", said)


def _delivered(headers: Headers) -> list[Address]:
    """Whom servers brought it to, where that may hold a token."""
    if _DELIVERED.isdisjoint(headers.names):
        return []
    values = [value for name in _DELIVERED for value in headers.each(name) if "+" in value or "=?" in value]
    return [address for value in values for address in mailboxes(value)]
