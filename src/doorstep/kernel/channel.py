"""The ports a channel fills: `Channel`, and as many of the narrow ones as it can."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol, runtime_checkable
from uuid import UUID

import msgspec

from doorstep.kernel.address import Address, AddressKind
from doorstep.kernel.edge import Content, Edge, Inbox, PollerEdge
from doorstep.kernel.signal import Arrival, Attachment, Signal


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk must know to draw a channel without knowing which one it is."""

    live: bool = False
    voice: bool = False
    face: bool = False
    """In person, at a counter."""
    machine: bool = False
    subject: bool = False
    page: bool = False
    public: bool = False
    attachments: bool = False
    rich: bool = False
    """Its words may be bold, in lists, and have pictures among them: HTML."""
    length: int | None = None
    """The most characters a message may have; none: no limit."""
    address: AddressKind = AddressKind.VISITOR
    """The kind of address its people have."""
    original: str = "txt"
    """The ending of a file that holds what came by it, as it came."""


@runtime_checkable
class Channel(Protocol):
    """A medium and its adapter. `key` is the folder's name; `settings` the struct of one inbox's settings."""

    key: ClassVar[str]
    label: ClassVar[str]
    traits: ClassVar[Traits]
    settings: ClassVar[type[msgspec.Struct]]

    def parse(self, inbox: Inbox, raw: bytes, meta: Mapping[str, str]) -> "Parsed":
        """Read what arrived. Pure; raises `Invalid` with the reason when it cannot be read at all.

        `meta` is what came beside the bytes: an envelope, headers, a signature.
        """
        ...


class Parsed(msgspec.Struct, frozen=True):
    """A reading of raw bytes: the arrival, and the attached files by SHA-256, still to be kept."""

    arrival: Arrival
    files: Mapping[str, Content] = {}


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A message that stands below a reply, or that is passed on. Its HTML is as clean as ours."""

    sender: Address
    written_at: datetime
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A reply on its way out. `id` makes sending it again recognisable.

    `token` names the conversation and cannot be made up; `tag` names it too, short and in the open.
    """

    id: UUID
    inbox: Inbox
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    """Whom it goes to without the others knowing."""
    subject: str = ""
    text: str = ""
    html: str = ""
    signature: str = ""
    signature_html: str = ""
    quoted: Quoted | None = None
    """What it answers or, when `is_forward`, passes on: the channel decides whether and how it is shown."""
    is_forward: bool = False
    message_id: str = ""
    references: tuple[str, ...] = ()
    """Nearest first, as in `Signal`."""
    token: str = ""
    tag: str = ""
    sender_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    written_at: datetime | None = None
    is_automatic: bool = False
    """Nobody wrote it: a channel marks it so that no machine answers it."""


class Delivery(msgspec.Struct, frozen=True):
    """What the other side said. `retry`: it may go later; `refused`: whom it missed, while others got it."""

    ok: bool
    detail: str = ""
    retry: bool = False
    external_id: str = ""
    refused: str = ""


@runtime_checkable
class Sends(Protocol):
    """A channel that can answer."""

    def message_id(self, inbox: Inbox, reply_id: UUID) -> str:
        """The name that this reply will have in the channel's threads."""
        ...

    async def send(self, outgoing: Outgoing, edge: Edge) -> Delivery:
        """Send it. Never raises for what the other side says: a `Delivery` tells."""
        ...


@runtime_checkable
class Checks(Protocol):
    """A channel that knows at once when an address cannot be one of its own."""

    def wrong_with(self, address: str) -> str:
        """What is wrong with it, in words; empty when nothing is. Pure, and asks nobody."""
        ...


def wrong_with(channel: Channel, address: str) -> str:
    """What a channel says is wrong with an address; one that checks none takes all."""
    return channel.wrong_with(address) if isinstance(channel, Checks) else ""


@runtime_checkable
class Formats(Protocol):
    """A channel whose replies look as what it reads: what `format` makes, `parse` takes."""

    def format(self, outgoing: Outgoing, files: Mapping[str, bytes]) -> bytes:
        """The bytes of a reply. Pure. `files`: the attachments by SHA-256. Raises `Invalid`."""
        ...


@runtime_checkable
class Looks(Protocol):
    """A channel that looks longer at what it read: what that takes would keep the edge waiting."""

    async def look(self, inbox: Inbox, signal: Signal, raw: bytes) -> dict[str, str]:
        """What more it can vouch for, added to `attested`. It may ask others; done again if it fails."""
        ...


@runtime_checkable
class Listens(Protocol):
    """A channel with a door of its own: a port it listens on for as long as it is entered."""

    async def listen(self, edge: Edge, settings: Mapping[str, Any]) -> "Listener":
        """Open the door. Raises `Misconfigured` for a taken port. `settings`: its own section."""
        ...


class Listener(Protocol):
    """An open door."""

    address: str
    """Where it listens, as `127.0.0.1:2525`."""

    async def close(self) -> None:
        """Stop taking, finish what was begun."""
        ...


@runtime_checkable
class Polls(Protocol):
    """A channel that must go and look."""

    def is_polled(self, inbox: Inbox) -> bool:
        """Whether there is anything to look at, as this inbox is set."""
        ...

    async def poll(self, inbox: Inbox, edge: PollerEdge) -> None:
        """Watch one inbox until cancelled; `edge.accept` with a checkpoint for whatever is found.

        One poller of an inbox runs at a time. Raises, in words, when it cannot go on: it is begun again after
        a while; after `ConsentNeeded` only when the inbox was connected anew or set otherwise.
        """
        ...


class ConsentState(StrEnum):
    """How it stands with somebody's consent that we may use an account of theirs."""

    NOT_NEEDED = "not-needed"
    MISSING = "missing"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ConsentRequest(msgspec.Struct, frozen=True):
    """Where to send a person to be asked; `kept` is what we alone know of it until the answer comes."""

    url: str
    kept: str


@runtime_checkable
class Connects(Protocol):
    """A channel whose inboxes are connected by somebody's consent, given elsewhere in a browser (OAuth 2).

    What comes of it is the inbox's secret: `Edge.secret` has it, and nobody is ever shown it.
    """

    def consent(self, inbox: Inbox, secret: bytes) -> ConsentState:
        """How it stands, by the inbox's settings and its secret."""
        ...

    def ask(self, inbox: Inbox, back: str, state: str) -> ConsentRequest:
        """Make the question. `back`: our address that the answer goes to, with `state`. Raises `Invalid`."""
        ...

    async def connect(self, inbox: Inbox, kept: str, back: str, answer: Mapping[str, str]) -> bytes:
        """Turn the answer, the parameters that came back, into a secret. Raises `Invalid`, `Unreachable`."""
        ...
