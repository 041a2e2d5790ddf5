"""Pressure: when the backlog or the disk is past its limit, the doors say so, and nothing is dropped."""

import asyncio

import structlog

from doorstep.spine.edge import SpineEdge
from doorstep.spine.undelivered import pending
from doorstep.store import Database, DiskFiles
from doorstep.store.database import AWAY

log = structlog.get_logger()

EVERY = 1.0
EASE = 0.9
"""Full at the limit; open again below nine tenths of it, so the doors do not flutter."""


async def watch_pressure(
    db: Database, edge: SpineEdge, files: DiskFiles, backlog: int, disk_free: float
) -> None:
    """Look each second, until cancelled; sets `edge.is_full`."""
    while True:
        try:
            was, edge.is_full = edge.is_full, await is_full(db, files, backlog, disk_free, edge.is_full)
            if was != edge.is_full:
                log.warning("edge.full" if edge.is_full else "edge.open")
        except AWAY as error:
            log.warning("pressure.unknown", error=str(error))
        await asyncio.sleep(EVERY)


async def is_full(db: Database, files: DiskFiles, backlog: int, disk_free: float, was: bool) -> bool:
    """Whether there is no room for more."""
    async with db.connection() as on:
        waiting = await pending(on, backlog)
    free = await asyncio.to_thread(files.free_share)
    return waiting >= backlog * (EASE if was else 1) or free < disk_free
