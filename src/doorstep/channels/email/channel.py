"""E-mail as a channel: in by our own SMTP door or out of a mailbox (IMAP), out by SMTP."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from doorstep.channels.email import archive, format, oauth, send, wire
from doorstep.channels.email.door import Door
from doorstep.channels.email.fetching import Trouble
from doorstep.channels.email.imap import Connection
from doorstep.channels.email.relays import networks
from doorstep.channels.email.resolver import Resolver
from doorstep.channels.email.servers import incoming
from doorstep.channels.email.settings import DoorSettings, EmailSettings
from doorstep.channels.email.sign_in import sign_in
from doorstep.channels.email.vouching import vouched
from doorstep.channels.email.watch import Watch
from doorstep.kernel import (
    Address,
    AddressKind,
    Bounds,
    Clock,
    ConsentRequest,
    ConsentState,
    Delivery,
    Edge,
    Inbox,
    Invalid,
    Kept,
    Listener,
    Misconfigured,
    NotFound,
    Outgoing,
    Parsed,
    PollerEdge,
    Signal,
    SystemClock,
    Traits,
)

LOOKERS = 4
"""Threads that may wait for the DNS; they are no others' threads, so nobody else waits for it."""


class Email:
    """The channel. `meta` of `parse`: as `wire.parse` has it, and `received_at` (ISO 8601)."""

    key: ClassVar[str] = "email"
    label: ClassVar[str] = "E-mail"
    traits: ClassVar[Traits] = Traits(
        subject=True, attachments=True, rich=True, address=AddressKind.MAILBOX, original="eml"
    )
    settings: ClassVar[type[msgspec.Struct]] = EmailSettings

    def __init__(self, clock: Clock | None = None, resolver: Resolver | None = None) -> None:
        self.clock = clock or SystemClock()
        self._resolver = resolver or Resolver()
        self._trouble: dict[UUID, Trouble] = {}
        self._lookers = ThreadPoolExecutor(LOOKERS, "mail-look")

    def parse(self, inbox: Inbox, raw: bytes, meta: Mapping[str, str]) -> Parsed:
        return wire.parse(inbox, raw, meta, self._received_at(meta))

    def kept(self, paths: Sequence[Path], unpacked: Path, bounds: Bounds, now: datetime) -> Iterator[Kept]:
        return archive.kept(paths, unpacked, bounds, now)

    def content(self, kept: Kept) -> bytes:
        return archive.content(kept)

    def format(self, outgoing: Outgoing, files: Mapping[str, bytes]) -> bytes:
        settings = _settings(outgoing.inbox)
        return format.format(_as_set(outgoing, settings), files, settings.sender_name)

    async def look(self, inbox: Inbox, signal: Signal, raw: bytes) -> dict[str, str]:
        settings, loop = _settings(inbox), asyncio.get_running_loop()
        asked = (raw, settings.authserv_id, self._resolver, signal.attested, networks(settings.relays))
        return await loop.run_in_executor(self._lookers, vouched, *asked)

    def wrong_with(self, address: str) -> str:
        try:
            format.bare(Address(AddressKind.MAILBOX, address))
        except Invalid as error:
            return error.detail
        return ""

    def message_id(self, inbox: Inbox, reply_id: UUID) -> str:
        return format.message_id(inbox, reply_id)

    async def send(self, outgoing: Outgoing, edge: Edge) -> Delivery:
        try:
            settings = _settings(outgoing.inbox)
            files = {file.sha256: await edge.files.read(file.sha256) for file in outgoing.attachments}
        except (Misconfigured, NotFound) as error:
            return Delivery(ok=False, detail=error.detail)
        name = outgoing.message_id or self.message_id(outgoing.inbox, outgoing.id)
        bearer = oauth.Bearer(edge, outgoing.inbox, settings, self.clock)
        return await send.send(_as_set(outgoing, settings), files, bearer, name)

    def consent(self, inbox: Inbox, secret: bytes) -> ConsentState:
        return oauth.state_of(_settings(inbox), secret)

    def ask(self, inbox: Inbox, back: str, state: str) -> ConsentRequest:
        return oauth.ask(inbox, _settings(inbox), back, state)

    async def connect(self, inbox: Inbox, kept: str, back: str, answer: Mapping[str, str]) -> bytes:
        return msgspec.json.encode(await oauth.connect(_settings(inbox), kept, back, answer, self.clock))

    def is_polled(self, inbox: Inbox) -> bool:
        return incoming(_settings(inbox)) is not None

    async def poll(self, inbox: Inbox, edge: PollerEdge) -> None:
        settings = _settings(inbox)
        server = incoming(settings)
        if server is None:
            raise Misconfigured(f"{inbox.address} has no mailbox server to look at.")
        connection = Connection(server, settings.verify, settings.timeout)
        trouble = self._trouble.setdefault(inbox.id, Trouble())
        watch = Watch(inbox, settings, edge, self.clock, connection, trouble)
        await watch.run(sign_in(oauth.Bearer(edge, inbox, settings, self.clock)))

    async def listen(self, edge: Edge, settings: Mapping[str, Any]) -> Listener:
        try:
            chosen = msgspec.convert(dict(settings), DoorSettings, strict=False)
        except msgspec.ValidationError as error:
            raise Misconfigured(f"The mail door's settings are wrong: {error}.") from error
        return await Door(edge, chosen, self.clock, self.key).open()

    def _received_at(self, meta: Mapping[str, str]) -> datetime:
        said = meta.get("received_at")
        return datetime.fromisoformat(said).astimezone(UTC) if said else self.clock.now()


CHANNEL = Email()


def _as_set(outgoing: Outgoing, settings: EmailSettings) -> Outgoing:
    return msgspec.structs.replace(
        outgoing,
        tag=outgoing.tag if settings.subject_tag else "",
        quoted=outgoing.quoted if settings.quote or outgoing.is_forward else None,
    )


def _settings(inbox: Inbox) -> EmailSettings:
    try:
        return msgspec.json.decode(inbox.settings, type=EmailSettings)
    except msgspec.MsgspecError as error:
        raise Misconfigured(f"The settings of {inbox.address} are wrong: {error}.") from error
