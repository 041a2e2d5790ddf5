"""One mail as `doorstep mail` prints it: whatever is known of it without a database or settings."""

import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from uuid import UUID

import msgspec

from doorstep.channels.email.kinds import kind
from doorstep.channels.email.reading import LARGEST, read
from doorstep.channels.email.strip import newly_said
from doorstep.kernel import Inbox

__all__ = ["LARGEST", "NOUN", "sheet", "stages"]

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
    found = read(_inbox(address), raw, {})
    return Sheet(
        kind=found.kind.value,
        sender=Mailbox(found.sender.name, found.sender.value),
        to=[Mailbox(someone.name, someone.value) for someone in found.to],
        subject=found.subject,
        message_id=found.message_id,
        in_reply_to=found.answered[0] if found.answered else "",
        references=list(found.earlier),
        text=found.text,
        reply=found.said or found.text,
        html=clean(found.html) if found.html else "",
        attachments=[Enclosure(file.name, file.media_type, file.size) for file in found.attachments],
        warnings=list(found.warnings),
    )


def stages(raws: Sequence[bytes], clean: Callable[[str], str]) -> dict[str, float]:
    """CPU seconds that each stage of reading these mails takes, each measured over all of them."""
    inbox = _inbox()
    began = time.process_time()
    mails = [read(inbox, raw, {}) for raw in raws]
    whole = time.process_time() - began
    began = time.process_time()
    for found in mails:
        newly_said(found.text, found.html)
        kind(found.mail, found.sender.value, inbox, bool(found.token))
    stripped = time.process_time() - began
    began = time.process_time()
    for found in mails:
        clean(found.html) if found.html else ""
    return {
        "read": max(0.0, whole - stripped),
        "sanitise": time.process_time() - began,
        "strip and kind": stripped,
    }


@lru_cache(maxsize=16)
def _inbox(address: str = "") -> Inbox:
    return Inbox(UUID(int=0), "email", "", address or "nobody@no-inbox.invalid")
