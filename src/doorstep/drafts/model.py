"""Drafts."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from doorstep.kernel import Address

Mode = Literal["reply", "note", "forward"]
Subject = Annotated[str, msgspec.Meta(max_length=1000)]
Body = Annotated[str, msgspec.Meta(max_length=400_000)]
People = Annotated[tuple[Address, ...], msgspec.Meta(max_length=50)]


class NewDraft(msgspec.Struct, frozen=True):
    """What is to be kept. `version`: that of the draft it goes on from; 0: there was none.

    `of`: the interaction that is forwarded or answered.
    """

    mode: Mode = "reply"
    to: People = ()
    cc: People = ()
    bcc: People = ()
    subject: Subject = ""
    html: Body = ""
    text: Body = ""
    of: UUID | None = None
    version: int = 0


class DraftFile(msgspec.Struct, frozen=True):
    """A file that goes with it. `content_id`: what a picture within the HTML is called there, as `cid:…`."""

    id: UUID
    name: str
    media_type: str
    size: int
    inline: bool
    content_id: str


class Draft(msgspec.Struct, frozen=True):
    """What an agent has begun to write in a conversation."""

    conversation_id: UUID
    mode: Mode
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    subject: str
    html: str
    text: str
    of: UUID | None
    version: int
    changed_at: datetime
    attachments: list[DraftFile]


class DraftRow(msgspec.Struct, frozen=True):
    """A draft as it is stored. `recipients` is the JSON of (to, cc, bcc)."""

    id: UUID
    conversation_id: UUID
    mode: Mode
    recipients: bytes
    subject: str
    html: str
    text: str
    of_id: UUID | None
    version: int
    changed_at: datetime


class OwnDraft(msgspec.Struct, frozen=True):
    """A draft in the list of one's own. `beginning`: its first words."""

    conversation_id: UUID
    customer_id: UUID
    customer_name: str
    matter: str
    mode: Mode
    beginning: str
    attachments: int
    changed_at: datetime


class FileRow(msgspec.Struct, frozen=True):
    """A file of a draft as it is stored."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    content_id: str
    inline: bool
