"""Where the demo's answers go: a mail server that takes all, and keeps the last ones for the page to show."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import Any, Final

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT: Final = 200
LARGEST: Final = 20_000_000


class Answer(msgspec.Struct, frozen=True):
    """A mail the company sent."""

    message_id: str
    thread: str
    """The first mail of the thread it belongs to, by name."""
    sender: str
    subject: str
    text: str
    attachments: tuple[str, ...]
    received_at: datetime
    recipients: tuple[str, ...]


class Sink:
    """The mails that arrived, newest first."""

    def __init__(self) -> None:
        self.port = 0
        self._kept: deque[Answer] = deque(maxlen=KEPT)

    def mails_for(self, address: str) -> list[Answer]:
        """What was sent to this address, newest first."""
        wanted = address.strip().lower()
        return [answer for answer in reversed(self._kept) if wanted in answer.recipients]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        raw = envelope.original_content or b""
        self._kept.append(read(raw, envelope.rcpt_tos, datetime.now(UTC)))
        return "250 2.0.0 Kept for the page"


def read(raw: bytes, recipients: list[str], at: datetime) -> Answer:
    """A mail's bytes as the page shows them."""
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(("plain", "html"))
    name = str(mail["Message-ID"] or "").strip()
    threads = str(mail["References"] or mail["In-Reply-To"] or name).split()
    return Answer(
        name,
        threads[0] if threads else "",
        parseaddr(str(mail["From"] or ""))[0] or str(mail["From"] or ""),
        str(mail["Subject"] or ""),
        str(body.get_content()).strip() if body else "",
        tuple(part.get_filename() or "file" for part in mail.iter_attachments()),
        at,
        tuple(recipient.strip().lower() for recipient in recipients),
    )


@asynccontextmanager
async def sink() -> AsyncIterator[Sink]:
    """An open sink on a free port of this machine, for the length of the block."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    kept, connections = Sink(), set[asyncio.BaseTransport]()

    class Speaker(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            connections.add(transport)
            super().connection_made(transport)

        def connection_lost(self, error: Exception | None) -> None:
            connections.discard(self.transport)
            super().connection_lost(error)

    def speaker() -> Any:
        return Speaker(kept, hostname="sink.localhost", data_size_limit=LARGEST, enable_SMTPUTF8=True)

    server = await asyncio.get_running_loop().create_server(speaker, "127.0.0.1", 0)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()
        for transport in list(connections):
            transport.close()
        await server.wait_closed()
