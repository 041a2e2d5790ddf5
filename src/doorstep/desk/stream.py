"""The live stream: every event a screen may see, once, in order, resumable by its number (SSE)."""

import asyncio
from collections.abc import AsyncIterator

import msgspec

from doorstep.store import Database, Event, Follower
from doorstep.store.events import is_gone

HEARTBEAT = 15.0
"""Seconds without an event after which a comment tells that the line is alive."""
MOST_WAITING = 2000
"""Events a slow reader may be behind before it is told to begin anew."""
UNSEEN = ("session.", "agent.", "customer.read")
"""Kinds that are for the audit, not for screens."""


async def stream(db: Database, follower: Follower, last_seen: int | None) -> AsyncIterator[bytes]:
    """SSE frames from after `last_seen` on; from the present on without it."""
    waiting: asyncio.Queue[Event] = asyncio.Queue(MOST_WAITING)

    def heard(event: Event) -> None:
        if not waiting.full():
            waiting.put_nowait(event)

    forget = follower.follow(heard)
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
        async for frame in _live(waiting, seen):
            yield frame
    finally:
        forget()


async def _must_begin_anew(db: Database, follower: Follower, seen: int) -> bool:
    if seen >= follower.seq:
        return seen > follower.seq
    async with db.connection() as on:
        return await is_gone(on, seen)


async def _live(waiting: asyncio.Queue[Event], seen: int) -> AsyncIterator[bytes]:
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT):
                event = await waiting.get()
        except TimeoutError:
            yield b": alive\n\n"
            continue
        if event.seq <= seen:
            continue
        if event.seq > seen + 1 or waiting.full():
            yield _reset(event.seq)
        elif frame := _frame(event):
            yield frame
        seen = event.seq


def _frame(event: Event) -> bytes:
    if event.kind.startswith(UNSEEN):
        return b""
    told = msgspec.structs.asdict(event) | {"data": msgspec.Raw(event.data.encode())}
    return b"id: %d\nevent: change\ndata: %s\n\n" % (event.seq, msgspec.json.encode(told))


def _reset(seq: int) -> bytes:
    return f"id: {seq}\nevent: reset\ndata: {{}}\n\n".encode()
