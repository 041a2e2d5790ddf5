"""The imports of the house: one after another, by one node, from where the last one stopped."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import structlog

from doorstep.kernel import Channel, Clock, DoorstepError, SystemClock
from doorstep.spine.edge import Fence, LeaseLost, SpineEdge
from doorstep.spine.moving import keep
from doorstep.spine.moving.model import House, Run
from doorstep.spine.moving.move import Mover, Progress, clear, listed, reader_for
from doorstep.store import Database, Follower, leases
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY

log = structlog.get_logger()

LEASE = "imports"
LOOK = 30.0
"""Seconds between two looks for imports that nobody told us of."""
QUIET = 3600.0
"""Seconds after which an upload that has not grown is one that broke off."""


async def run_imports(
    db: Database,
    follower: Follower,
    channels: Mapping[str, Channel],
    edge: SpineEdge,
    house: House,
    clock: Clock | None = None,
) -> None:
    """Take them over whenever the lease is ours, until cancelled."""
    bell = Bell()
    stop_following = follower.follow(lambda event: bell.ring() if event.kind == "import.added" else None)

    async def duty(token: int) -> None:
        while True:
            if not await take_next(db, channels, edge, house, Fence(LEASE, token), clock or SystemClock()):
                await sweep(db, house)
                await bell.wait(LOOK)

    try:
        await leases.hold(db, LEASE, duty)
    finally:
        stop_following()


async def take_next(
    db: Database,
    channels: Mapping[str, Channel],
    edge: SpineEdge,
    house: House,
    fence: Fence,
    clock: Clock,
) -> bool:
    """Take the next one over, to its end; False when there is none."""
    async with db.connection() as on:
        run = await keep.unfinished(on)
    if run is None:
        return False
    state, error = "done", ""
    try:
        await _take(db, channels, edge, house, run, fence, clock)
    except keep.Stopped:
        log.info("import.stopped", import_id=str(run.id))
    except (*AWAY, LeaseLost):
        raise
    except DoorstepError as failure:
        state, error = "failed", failure.detail
    except Exception as failure:
        log.exception("import.failed", import_id=str(run.id))
        state, error = "failed", f"Something went wrong here: {type(failure).__name__}."
    async with db.transaction() as tx:
        await keep.end(tx, run.id, state, error)
    await clear(house.of(run.id))
    return True


async def _take(
    db: Database,
    channels: Mapping[str, Channel],
    edge: SpineEdge,
    house: House,
    run: Run,
    fence: Fence,
    clock: Clock,
) -> None:
    async with db.connection() as on:
        inbox = await keep.inbox_to_fill(on, run.inbox_id)
    reader = await reader_for(db, channels[inbox.channel], inbox, run.ours)
    planned = await listed(reader, run.paths, house, house.of(run.id), clock.now())
    await Mover(db, edge, run, fence, _unheard).move(reader, planned)


def _unheard(_progress: Progress) -> None:
    """The row says how far it is."""


async def sweep(db: Database, house: House) -> None:
    """Remove what lies there for no import: of uploads that broke off, and of those that have ended."""
    folders = await asyncio.to_thread(_folders, house.folder)
    async with db.connection() as on:
        rows = await keep.sql.tuples(on, "open_imports")
    wanted = {str(row[0]) for row in rows}
    for folder in folders:
        if folder.name not in wanted:
            await clear(folder)


def _folders(folder: Path) -> list[Path]:
    before = time.time() - QUIET
    inner = [one for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []
    return [one for one in inner if all(p.stat().st_mtime < before for p in (one, *one.iterdir()))]


def lease_of(import_id: UUID) -> str:
    """What one who moves in from a terminal holds."""
    return f"import {import_id}"
