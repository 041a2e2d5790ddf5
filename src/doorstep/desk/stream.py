"""The live stream: every event a screen may see, once, in order, resumable by its number (SSE)."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import msgspec
import structlog

from doorstep.store import Database, Event, Follower
from doorstep.store.database import AWAY
from doorstep.store.events import is_gone

log = structlog.get_logger()

HEARTBEAT = 15.0
"""Seconds without an event after which a comment tells that the line is alive."""
MOST_WAITING = 2000
"""Events a slow reader may be behind before it is told to begin anew."""
UNSEEN = ("session.", "agent.", "password.", "customer.read")
"""Kinds that are for the audit, not for screens."""


class Listener(msgspec.Struct, frozen=True):
    """Whose stream it is, and whether they are still welcome: asked each so many seconds, and at its end."""

    agent_id: UUID
    is_welcome: Callable[[], Awaitable[bool]]
    ask_every: float = 30.0

    def concerns(self, event: Event) -> bool:
        """Whether an event may have ended the session."""
        return event.subject_id == self.agent_id and event.kind.startswith(UNSEEN)


async def stream(
    db: Database, follower: Follower, listener: Listener, last_seen: int | None
) -> AsyncIterator[bytes]:
    """SSE frames from after `last_seen` on, from the present on without it, until the session has ended."""
    waiting: asyncio.Queue[Event] = asyncio.Queue(MOST_WAITING)
    forget = follower.follow(lambda event: _put(waiting, event))
    try:
        seen = follower.seq if last_seen is None else last_seen
        yield f"retry: 1000\nid: {seen}\nevent: hello\ndata: {{}}\n\n".encode()
        if await _must_begin_anew(db, follower, seen):
            seen = follower.seq
            yield _reset(seen)
        async for event in follower.since(seen):
            seen = event.seq
            if frame := _frame(event):
                yield frame
        async for frame in _live(waiting, seen, listener):
            yield frame
    finally:
        forget()


def _put(waiting: asyncio.Queue[Event], event: Event) -> None:
    if waiting.full():
        # Too slow. What is left out makes a gap, which is answered by a reset.
        while not waiting.empty():
            waiting.get_nowait()
    waiting.put_nowait(event)


async def _must_begin_anew(db: Database, follower: Follower, seen: int) -> bool:
    if seen >= follower.seq:
        return seen > follower.seq
    async with db.connection() as on:
        return await is_gone(on, seen)


async def _live(waiting: asyncio.Queue[Event], seen: int, listener: Listener) -> AsyncIterator[bytes]:
    asked = time.monotonic()
    while True:
        event = await _next(waiting, min(HEARTBEAT, listener.ask_every))
        if time.monotonic() - asked >= listener.ask_every or (event and listener.concerns(event)):
            asked = time.monotonic()
            if not await _is_welcome(listener):
                return
        if event is None:
            yield b": alive\n\n"
        elif event.seq > seen:
            if frame := _reset(event.seq) if event.seq > seen + 1 else _frame(event):
                yield frame
            seen = event.seq


async def _next(waiting: asyncio.Queue[Event], patience: float) -> Event | None:
    try:
        async with asyncio.timeout(patience):
            return await waiting.get()
    except TimeoutError:
        return None


async def _is_welcome(listener: Listener) -> bool:
    try:
        return await listener.is_welcome()
    except AWAY as error:
        log.warning("stream.database_away", error=str(error))
        return True


def _frame(event: Event) -> bytes:
    if event.kind.startswith(UNSEEN):
        return b""
    told = msgspec.structs.asdict(event) | {"data": msgspec.Raw(event.data.encode())}
    return b"id: %d\nevent: change\ndata: %s\n\n" % (event.seq, msgspec.json.encode(told))


def _reset(seq: int) -> bytes:
    return f"id: {seq}\nevent: reset\ndata: {{}}\n\n".encode()
