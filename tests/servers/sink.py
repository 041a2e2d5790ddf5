"""An SMTP server in this process that keeps what it is given, or refuses it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import free_port


class Sink:
    """What arrived, in its order. `answer`: what it says to a mail instead of taking it."""

    host = "127.0.0.1"

    def __init__(self, port: int) -> None:
        self.port = port
        self.answer = ""
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer:
            return self.answer
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.recipients.append(list(envelope.rcpt_tos))
        self.mails.append(mail)
        return "250 2.0.0 Kept"


@asynccontextmanager
async def sink() -> AsyncIterator[Sink]:
    """An open sink, for the length of the block."""
    opened = Sink(free_port())
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(opened, hostname="sink.example.test", loop=loop),
        opened.host,
        opened.port,
        family=socket.AF_INET,
    )
    try:
        yield opened
    finally:
        server.close()
