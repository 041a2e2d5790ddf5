"""Our SMTP door. `250` is said when the mail is in the journal, and never before."""

import asyncio
import logging
import ssl
from datetime import datetime
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from doorstep.channels.email.crowd import Crowd
from doorstep.channels.email.settings import DoorSettings
from doorstep.channels.email.speaker import Speaker
from doorstep.channels.email.wire import parse
from doorstep.kernel import Accepted, Clock, Edge, Inbox, Invalid, Misconfigured, NotFound, Overloaded, Parsed

LARGE = 64 * 1024
"""Bytes. A larger mail is read in a thread, so that the others need not wait."""

GOODBYE = 3.0
"""Seconds a client has to read our last words; one that does not read them is cut off."""

FULL = "452 4.3.1 Full for the moment; send it again later"

log = structlog.get_logger("doorstep.email")


class Door:
    """The open door, and what it does at each SMTP command."""

    def __init__(self, edge: Edge, settings: DoorSettings, clock: Clock, channel: str) -> None:
        self.edge, self.settings, self.clock, self.channel = edge, settings, clock, channel
        self.address = ""
        self.crowd = Crowd(settings.max_connections, settings.max_connections_of_one, settings.max_bytes)
        self.busy: set[asyncio.Task[Any]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> "Door":
        """Raises `Misconfigured` when the port is taken or the certificate cannot be read."""
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        context, loop = _context(self.settings), asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                lambda: Speaker(self, self.crowd, self.settings, context),
                self.settings.host,
                self.settings.port,
            )
        except OSError as error:
            where = f"{self.settings.host}:{self.settings.port}"
            raise Misconfigured(f"The mail door cannot listen at {where}: {error.strerror}.") from error
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        log.info("mail door open", address=self.address)
        return self

    async def close(self) -> None:
        """Take nobody new, finish the mails that are being taken in, then hang up."""
        if self._server is not None:
            self._server.close()
        if self.busy:
            await asyncio.wait(self.busy, timeout=30)
        for transport in list(self.crowd.transports):
            transport.close()
        try:
            await asyncio.wait_for(self.crowd.gone(), GOODBYE)
        except TimeoutError:
            for transport in list(self.crowd.transports):
                transport.abort()  # type: ignore[attr-defined]
        log.info("mail door closed", address=self.address)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.edge.is_full:
            return FULL
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Sender ok"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.edge.is_full:
            return FULL
        if len(envelope.rcpt_tos) >= self.settings.max_recipients:
            return "452 4.5.3 Too many recipients: send the rest in another mail"
        if _inbox(address, await self.edge.inboxes(self.channel)) is None:
            return "550 5.1.1 There is no such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        work = asyncio.ensure_future(self._take(session, envelope))
        self.busy.add(work)
        work.add_done_callback(self.busy.discard)
        return await asyncio.shield(work)

    async def handle_exception(self, error: Exception) -> str:
        log.error("mail door failed", exc_info=error)
        return "451 4.3.0 Something went wrong here; send it again later"

    async def _take(self, session: Session, envelope: Envelope) -> str:
        try:
            accepted = await self._accept(session, envelope)
        except Overloaded as error:
            log.warning("mail put off", reason=error.detail)
            return FULL
        except Invalid as error:
            log.warning("mail refused", reason=error.detail)
            return f"554 5.6.0 {error.detail}"
        except Exception as error:
            return await self.handle_exception(error)
        return f"250 2.0.0 Accepted as {', '.join(str(one) for one in accepted.ids)}"

    async def _accept(self, session: Session, envelope: Envelope) -> Accepted:
        if self.edge.is_full:
            raise Overloaded
        raw = envelope.original_content or b""
        received_at = self.clock.now()
        arrivals, met = [], _met(session, envelope)
        for inbox, recipient in _deliveries(envelope.rcpt_tos, await self.edge.inboxes(self.channel)):
            meta = {**met, "recipient": recipient}
            parsed = await self._read(inbox, raw, meta, received_at)
            for content in parsed.files.values():
                await self.edge.files.keep(content)
            arrivals.append(parsed.arrival)
        accepted = await self.edge.accept(arrivals)
        for arrival, one, fresh in zip(arrivals, accepted.ids, accepted.fresh, strict=True):
            log.info("mail accepted", signal_id=str(one), fresh=fresh, inbox_id=str(arrival.signal.inbox_id))
        return accepted

    async def _read(self, inbox: Inbox, raw: bytes, meta: dict[str, str], received_at: datetime) -> Parsed:
        if len(raw) <= LARGE:
            return parse(inbox, raw, meta, received_at)
        return await asyncio.to_thread(parse, inbox, raw, meta, received_at)


def _inbox(recipient: str, inboxes: list[Inbox]) -> Inbox | None:
    """The inbox an address belongs to: its own, or its own with something behind a plus."""
    local, _, domain = recipient.strip("<>").lower().rpartition("@")
    by_address = {inbox.address.lower(): inbox for inbox in inboxes}
    while local:
        if found := by_address.get(f"{local}@{domain}"):
            return found
        local = local.rpartition("+")[0]
    return None


def _deliveries(recipients: list[str], inboxes: list[Inbox]) -> list[tuple[Inbox, str]]:
    """Each inbox once, with the recipient that says most: the one with a token."""
    chosen: dict[str, tuple[Inbox, str]] = {}
    for recipient in recipients:
        inbox = _inbox(recipient, inboxes)
        if inbox is None:
            raise NotFound(f"The inbox for {recipient} was taken away while a mail for it came in.")
        if inbox.address not in chosen or len(recipient) > len(chosen[inbox.address][1]):
            chosen[inbox.address] = (inbox, recipient)
    return list(chosen.values())


def _met(session: Session, envelope: Envelope) -> dict[str, str]:
    """Who handed a mail to us, and what was said there; a bounce is nobody's."""
    client = str(session.peer[0]) if isinstance(session.peer, tuple) else ""
    sender = (envelope.mail_from or "").removeprefix("<>")
    return {"client_ip": client, "helo": session.host_name or "", "mail_from": sender, "sender": sender}


def _context(settings: DoorSettings) -> ssl.SSLContext | None:
    if not settings.certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.certificate, settings.key or None)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(f"The mail door cannot read its certificate: {error}.") from error
    return context
