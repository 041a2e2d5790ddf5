"""The HTTP server: uvicorn, which leaves the signals to us and ends when we are cancelled."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn

from doorstep.kernel import Misconfigured

GOODBYE = 3
"""Seconds that answers under way, and streams, have to end."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: asyncio.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them to whoever called us."""
        yield


async def serve_http(
    app: Any, host: str, port: int, started: asyncio.Event | None = None, proxies: Sequence[str] = ()
) -> None:
    """Serve until cancelled; `proxies` are networks whose `X-Forwarded-For` we believe.

    Raises `Misconfigured` when the port is taken.
    """
    server = _Server(
        uvicorn.Config(
            app,
            host,
            port,
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
            timeout_graceful_shutdown=GOODBYE,
        ),
        started or asyncio.Event(),
    )
    serving = asyncio.create_task(_serve(server, host, port))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise


async def _serve(server: uvicorn.Server, host: str, port: int) -> None:
    try:
        await server.serve()
    except SystemExit:
        raise Misconfigured(
            f"Nothing can listen at {host}:{port}: the port is taken. Choose another."
        ) from None
