"""A channel whose wire is a queue in memory: it fills every port, and what it sends can be read back."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from doorstep.kernel import (
    Address,
    AddressKind,
    Arrival,
    Attachment,
    Checkpoint,
    Clock,
    ConsentRequest,
    ConsentState,
    Delivery,
    Edge,
    Inbox,
    Invalid,
    Kind,
    Outgoing,
    Parsed,
    Signal,
    SystemClock,
    Traits,
)


class MemorySettings(msgspec.Struct, frozen=True):
    """One inbox of the memory channel. `refuse` is what the other side says to every reply, if anything.

    `consent`: whether somebody must consent first.
    """

    refuse: str = ""
    retry: bool = False
    consent: bool = False


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What goes over this wire, as JSON. `files` are contents by name."""

    id: str
    sender: str
    text: str
    subject: str = ""
    to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    token: str = ""
    kind: Kind = Kind.MESSAGE
    at: datetime | None = None
    files: dict[str, bytes] = {}


class MemoryChannel:
    """Reads notes, sends notes, polls a list of notes, and listens by `deliver` of its open door."""

    key: ClassVar[str] = "memory"
    label: ClassVar[str] = "Memory"
    traits: ClassVar[Traits] = Traits(
        subject=True, attachments=True, length=100_000, address=AddressKind.MAILBOX
    )
    settings: ClassVar[type[msgspec.Struct]] = MemorySettings

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.sent: list[Outgoing] = []
        self.vouches: dict[str, str] = {}
        """What `look` finds."""
        self.waiting: list[bytes] = []
        self._came = asyncio.Event()

    def parse(self, inbox: Inbox, raw: bytes, meta: Mapping[str, str]) -> Parsed:
        note = _read(raw)
        contents = {hashlib.sha256(content).hexdigest(): content for content in note.files.values()}
        return Parsed(Arrival(_signal(inbox, note, self.clock.now()), raw), contents)

    def format(self, outgoing: Outgoing, files: Mapping[str, bytes]) -> bytes:
        return msgspec.json.encode(
            Note(
                id=outgoing.message_id or self.message_id(outgoing.inbox, outgoing.id),
                sender=outgoing.inbox.address,
                to=tuple(address.value for address in outgoing.to),
                subject=outgoing.subject.replace("\0", ""),
                text=outgoing.text,
                references=outgoing.references,
                token=outgoing.token,
                kind=Kind.AUTO_REPLY if outgoing.is_automatic else Kind.MESSAGE,
                at=outgoing.written_at,
                files={file.name: files[file.sha256] for file in outgoing.attachments},
            )
        )

    def message_id(self, inbox: Inbox, reply_id: UUID) -> str:
        return f"{reply_id}@{inbox.address}"

    async def send(self, outgoing: Outgoing, edge: Edge) -> Delivery:
        """Into `sent`, unless the inbox's settings refuse."""
        settings = msgspec.json.decode(outgoing.inbox.settings, type=MemorySettings)
        if settings.refuse:
            return Delivery(ok=False, detail=settings.refuse, retry=settings.retry)
        self.sent.append(outgoing)
        return Delivery(ok=True, external_id=self.message_id(outgoing.inbox, outgoing.id))

    async def look(self, inbox: Inbox, signal: Signal, raw: bytes) -> dict[str, str]:
        return self.vouches

    async def listen(self, edge: Edge, settings: Mapping[str, Any]) -> "MemoryDoor":
        return MemoryDoor(self, edge)

    def put(self, raw: bytes) -> None:
        """Lay a note where `poll` will find it."""
        self.waiting.append(raw)
        self._came.set()

    def consent(self, inbox: Inbox, secret: bytes) -> ConsentState:
        if not msgspec.json.decode(inbox.settings, type=MemorySettings).consent:
            return ConsentState.NOT_NEEDED
        return ConsentState.GIVEN if secret else ConsentState.MISSING

    def ask(self, inbox: Inbox, back: str, state: str) -> ConsentRequest:
        return ConsentRequest(f"memory:{back}?state={state}", f"kept for {inbox.address}")

    async def connect(self, inbox: Inbox, kept: str, back: str, answer: Mapping[str, str]) -> bytes:
        """`code=yes` is consent."""
        if kept != f"kept for {inbox.address}" or answer.get("code") != "yes":
            raise Invalid("Consent was not given.")
        return b"consented"

    def is_polled(self, inbox: Inbox) -> bool:
        return True

    async def poll(self, inbox: Inbox, edge: Edge) -> None:
        """Hand in what waits, one by one, with how many were read as the checkpoint; then wait for more."""
        while True:
            self._came.clear()
            done = int(await edge.checkpoint(inbox.id) or 0)
            for at, raw in enumerate(self.waiting[done:], done + 1):
                await _hand_in(self, edge, inbox, raw, Checkpoint(inbox.id, str(at)))
            await self._came.wait()


class MemoryDoor:
    """The open door: `deliver` is what a sender would do at a port."""

    address = "memory"

    def __init__(self, channel: MemoryChannel, edge: Edge) -> None:
        self._channel, self._edge, self._open = channel, edge, True

    async def deliver(self, inbox: Inbox, raw: bytes) -> UUID:
        """Returns the signal's id once it is safe. Raises as `Edge.accept` and `parse` do."""
        if not self._open:
            raise ConnectionRefusedError("The door is closed.")
        return await _hand_in(self._channel, self._edge, inbox, raw)

    async def close(self) -> None:
        self._open = False


async def _hand_in(
    channel: MemoryChannel, edge: Edge, inbox: Inbox, raw: bytes, checkpoint: Checkpoint | None = None
) -> UUID:
    parsed = channel.parse(inbox, raw, {})
    for content in parsed.files.values():
        await edge.files.keep(content)
    return (await edge.accept([parsed.arrival], checkpoint)).ids[0]


def _read(raw: bytes) -> Note:
    try:
        note = msgspec.json.decode(raw, type=Note)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise Invalid(f"This is no note: {error}.") from error
    if "\0" in "".join(_strings(note)):
        raise Invalid("This is no note: it has a character that nobody can write.")
    if len(note.text) > (MemoryChannel.traits.length or 0):
        raise Invalid("This note is too long.")
    return note


def _strings(note: Note) -> tuple[str, ...]:
    return (
        note.id,
        note.sender,
        note.text,
        note.subject,
        *note.to,
        *note.references,
        note.token,
        *note.files,
    )


def _signal(inbox: Inbox, note: Note, now: datetime) -> Signal:
    return Signal(
        inbox_id=inbox.id,
        channel=MemoryChannel.key,
        external_id=note.id,
        message_id=note.id,
        sender=Address(AddressKind.MAILBOX, note.sender.lower()),
        to=tuple(Address(AddressKind.MAILBOX, value.lower()) for value in note.to),
        happened_at=note.at.astimezone(UTC) if note.at else now,
        kind=note.kind,
        subject=note.subject,
        text=note.text,
        references=note.references,
        token=note.token,
        attachments=tuple(_attachment(name, content) for name, content in note.files.items()),
    )


def _attachment(name: str, content: bytes) -> Attachment:
    return Attachment(name, "application/octet-stream", len(content), hashlib.sha256(content).hexdigest())
