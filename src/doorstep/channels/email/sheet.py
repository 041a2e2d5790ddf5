"""One mail as `doorstep mail` prints it: whatever is known of it without a database or settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from doorstep.channels.email.threads import NAMELESS
from doorstep.channels.email.wire import LARGEST, SENDERLESS, read
from doorstep.kernel import Address, Inbox

__all__ = ["LARGEST", "NOUN", "sheet"]

NOUN = "mail"
"""What these files are called, and the verb that reads them."""


class Mailbox(msgspec.Struct, frozen=True):
    """A person or a machine; the address in lower case."""

    name: str
    address: str


class Enclosure(msgspec.Struct, frozen=True):
    """A file that came along."""

    name: str
    type: str
    bytes: int


class Sheet(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """The fields in the order they are printed. Message ids have their angle brackets.

    `references` stand as in the header, oldest first; `reply` is what the person newly wrote, empty when
    there is no text; what a mail does not have is empty, never null.
    """

    kind: str
    sender: Mailbox
    to: list[Mailbox]
    subject: str
    message_id: str
    in_reply_to: str
    references: list[str]
    text: str
    reply: str
    html: str
    attachments: list[Enclosure]
    warnings: list[str]


def sheet(raw: bytes, clean: Callable[[str], str], address: str = "") -> Sheet:
    """Read one mail. Raises `Invalid`. `clean` makes HTML harmless; `address` is the inbox it came to."""
    inbox = Inbox(UUID(int=0), "email", "", address or "nobody@no-inbox.invalid")
    found = read(inbox, raw, {}, datetime.now(UTC))
    signal = found.signal
    return Sheet(
        kind=signal.kind.value,
        sender=_mailbox(signal.sender),
        to=[_mailbox(someone) for someone in signal.to],
        subject=signal.subject,
        message_id="" if signal.message_id.endswith(NAMELESS) else signal.message_id,
        in_reply_to=next(iter(found.answered), ""),
        references=list(found.earlier),
        text=signal.text,
        reply=signal.said or signal.text,
        html=clean(signal.html) if signal.html else "",
        attachments=[Enclosure(file.name, file.media_type, file.size) for file in signal.attachments],
        warnings=list(found.warnings),
    )


def _mailbox(who: Address) -> Mailbox:
    """Nobody, who has an address of our making, has none here."""
    return Mailbox(who.name, "" if who.value.endswith(SENDERLESS) else who.value)
