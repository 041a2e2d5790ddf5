"""Replies and notes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from doorstep.kernel import Address

Mode = Literal["reply", "forward"]
Act = Literal["resolve", "wait", "take"]
Recipients = tuple[tuple[Address, ...], tuple[Address, ...]]


class NewReply(msgspec.Struct, frozen=True):
    """What an agent wants to say. Without addresses it goes to the customer, as last heard.

    `id`: a UUIDv7 made by whoever sends it, so that a reply sent again is the same reply. `text` is made of
    `html` when empty. `attachments`: files of one's draft. `of`: the interaction passed on, or quoted.
    `as_of`: the newest one that was seen; what is newer stops it, unless `anyway`. `acts`: what is done to
    the conversation when it has left. `sign`: whether the agent's signature stands under it.
    """

    text: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    id: UUID | None = None
    html: str = ""
    bcc: tuple[Address, ...] = ()
    attachments: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=50)] = ()
    mode: Mode = "reply"
    of: UUID | None = None
    as_of: UUID | None = None
    anyway: bool = False
    acts: Annotated[tuple[Act, ...], msgspec.Meta(max_length=3)] = ()
    sign: bool = True


class NewNote(msgspec.Struct, frozen=True):
    """A word among ourselves. `mentions`: the agents it names."""

    text: str
    mentions: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=20)] = ()


class Reply(msgspec.Struct, frozen=True):
    """A reply on its way; until `send_at` it can be taken back."""

    id: UUID
    conversation_id: UUID
    send_at: datetime
    state: str


class Note(msgspec.Struct, frozen=True):
    """A note that was written."""

    id: UUID


class Queued(msgspec.Struct, frozen=True):
    """A reply as it is stored. `recipients` is the JSON of (to, cc), `bcc` that of the others."""

    id: UUID
    customer_id: UUID
    conversation_id: UUID
    inbox_id: UUID
    channel: str
    subject: str
    text: str
    html: str
    recipients: bytes
    message_id: str
    delivery: str
    send_at: datetime | None
    happened_at: datetime
    is_automatic: bool
    """Nobody here wrote it."""
    agent_id: UUID | None
    mode: Mode
    bcc: bytes
    of_id: UUID | None
    signature: str
    acts: list[Act]

    @property
    def addresses(self) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
        """To whom, and to whom in copy."""
        return msgspec.json.decode(self.recipients, type=tuple[tuple[Address, ...], tuple[Address, ...]])

    @property
    def unseen(self) -> tuple[Address, ...]:
        """To whom without the others knowing."""
        return msgspec.json.decode(self.bcc, type=tuple[Address, ...])


class Standing(msgspec.Struct, frozen=True):
    """What stands under a reply's id. `recipients` is the JSON of (to, cc), `bcc` that of the others."""

    conversation_id: UUID
    direction: str
    agent_id: UUID | None
    subject: str
    text: str
    html: str
    recipients: bytes
    delivery: str
    send_at: datetime | None
    mode: Mode
    bcc: bytes
    attachments: list[UUID]


class Newer(msgspec.Struct, frozen=True):
    """What came or left since somebody looked: a message, or a colleague's reply. `text`: its first words."""

    kind: Literal["message", "reply"]
    id: UUID
    who: str
    at: datetime
    text: str


class Original(msgspec.Struct, frozen=True):
    """An interaction that is quoted or passed on. `recipients` is the JSON of (to, cc)."""

    id: UUID
    conversation_id: UUID
    direction: str
    happened_at: datetime
    subject: str
    text: str
    html: str
    recipients: bytes
    sender_value: str
    sender_name: str

    @property
    def addresses(self) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
        """To whom it went, and to whom in copy."""
        said = self.recipients if self.recipients != b"[]" else b"[[],[]]"
        return msgspec.json.decode(said, type=tuple[tuple[Address, ...], tuple[Address, ...]])


class Referred(msgspec.Struct, frozen=True):
    """A file of the interaction that is passed on."""

    name: str
    media_type: str
    size: int
    sha256: str
    content_id: str
    inline: bool


class CameBack(msgspec.Struct, frozen=True):
    """A reply that could not be delivered after all."""

    id: UUID
    customer_id: UUID
    conversation_id: UUID


class Returned(msgspec.Struct, frozen=True):
    """A conversation that came back on the desk; `woke` when it was not open."""

    queue_id: UUID
    woke: bool


class Being(msgspec.Struct, frozen=True):
    """Somebody looks at a conversation, and writes in it or not."""

    writing: bool = False


class Presence(msgspec.Struct, frozen=True):
    """Who has a conversation open now."""

    agent_id: UUID
    name: str
    writing: bool


class Goer(msgspec.Struct, frozen=True):
    """Who was not heard of again, and where."""

    conversation_id: UUID
    agent_id: UUID


class Mention(msgspec.Struct, frozen=True):
    """A note that names somebody. `beginning`: its first words."""

    id: UUID
    customer_id: UUID
    customer_name: str
    conversation_id: UUID
    matter: str
    by_name: str
    at: datetime
    beginning: str
    seen_at: datetime | None


class Mentions(msgspec.Struct, frozen=True):
    """A page of mentions; `next` is the cursor to go on with. `unseen`: how many in all, at most 100."""

    rows: list[Mention]
    next: UUID | None
    unseen: int
