"""One connection to our SMTP door: its place in the crowd, its bytes, and how long it may be silent."""

import asyncio
import ssl

from aiosmtpd.smtp import SMTP, syntax

from doorstep.channels.email.crowd import Crowd, client_of, weight
from doorstep.channels.email.settings import DoorSettings

TOO_MANY = b"421 4.3.2 Too many connections; come back later\r\n"
TOO_MUCH = b"421 4.3.1 Too much mail at once; send it again later\r\n"
PUT_OFF = "452 4.3.1 Too much mail at once; send it again later"

GOODBYE = 2.0
"""Seconds in which a client that is sent away may read why."""


class Speaker(SMTP):
    """Speaks SMTP for `handler`; leaves a client that is silent, or too long at one mail."""

    def __init__(
        self, handler: object, crowd: Crowd, settings: DoorSettings, context: ssl.SSLContext | None
    ) -> None:
        self.crowd, self.settings = crowd, settings
        self.counted: asyncio.BaseTransport | None = None
        self.client = ""
        self.line_length_limit = settings.max_line
        self._in_mail = self._is_leaving = False
        self._came = self._held = 0
        self._began = 0.0
        super().__init__(
            handler,
            data_size_limit=settings.max_size,
            enable_SMTPUTF8=True,
            hostname=settings.hostname,
            ident="Doorstep",
            tls_context=context,
            timeout=settings.timeout,
            auth_required=False,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self.counted is None:
            if not self.crowd.came(transport):
                transport.write(TOO_MANY)  # type: ignore[attr-defined]
                transport.close()
                return
            self.counted, self.client = transport, client_of(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.counted is not None:
            self.crowd.went(self.counted)
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self.counted is None:
            return
        if not self._is_leaving and self.loop.time() - self._began < self.settings.max_seconds:
            super()._reset_timeout()
        if self._in_mail and not self._is_leaving and not self._count(data):
            self._leave()
        if not self._is_leaving:
            super().data_received(data)

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Called at each command: its time begins."""
        self._began = self.loop.time()
        super()._reset_timeout(duration)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        if not self.crowd.has_room(self.client):
            await self.push(PUT_OFF)
            return
        self._in_mail = True
        try:
            await super().smtp_DATA(arg)
        finally:
            self._in_mail = False
            self._let_go()
            self._came = 0

    def _count(self, data: bytes) -> bool:
        self._came += len(data)
        if self._came > self.settings.max_size:
            self._let_go()  # A mail over the size is not kept: it is only read to its end.
            return True
        size = weight(data)
        fits = self.crowd.hold(self.client, size)
        self._held += size * fits
        return fits

    def _leave(self) -> None:
        # Not at once: a client reads our answer when it has sent what it is about to send.
        self._is_leaving = True
        if self.transport is not None:
            self.transport.write(TOO_MUCH)  # type: ignore[attr-defined]
            self.loop.call_later(GOODBYE, self.transport.close)

    def _let_go(self) -> None:
        self.crowd.let_go(self.client, self._held)
        self._held = 0
