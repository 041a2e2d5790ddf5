"""Tombstones: a list beside the files that outlives every backup, and is applied again after a restore.

Each line is one erasure: ids, and HMACs by a key that lies in the database. `serve` applies what the database
does not know yet before anything comes in, and so does `doorstep restore`.
"""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec
import structlog

from doorstep.privacy.erase import erase
from doorstep.privacy.gather import sql
from doorstep.privacy.model import Tombstone
from doorstep.store import Connection, Database
from doorstep.store.erased import erased_names

LIST = "erased.jsonl"
log = structlog.get_logger()


async def write_down(db: Database, folder: Path) -> None:
    """Add to the list in `folder` whatever the database knows and it does not."""
    async with db.connection() as on:
        stones = await sql.rows(on, "tombstones", Tombstone)
    there = {stone.id for stone in await asyncio.to_thread(read, folder)}
    await asyncio.to_thread(_append, folder, [stone for stone in stones if stone.id not in there])


async def reapply(db: Database, folder: Path) -> int:
    """Erase again whatever the list in `folder` tells of and the database does not; returns how many."""
    async with db.connection() as on:
        known = {stone.id for stone in await sql.rows(on, "tombstones", Tombstone)}
    missing = [stone for stone in await asyncio.to_thread(read, folder) if stone.id not in known]
    for stone in missing:
        async with db.transaction() as tx:
            ids = await _whom(tx, stone)
            await erase(tx, ids, stone.at, None, known=stone)
        log.info("erasure.applied_again", erasure_id=str(stone.id), customers=len(ids))
    await write_down(db, folder)
    return len(missing)


async def _whom(tx: Connection, stone: Tombstone) -> list[UUID]:
    """The records by their ids, and any that had one of the addresses when they were erased."""
    names, keys = await erased_names(tx), set(stone.keys)
    rows = await sql.tuples(tx, "addresses", before=stone.at) if keys else []
    by_address = {customer_id for kind, value, customer_id in rows if names.name(kind, value) in keys}
    return sorted({*stone.customer_ids, *by_address})


def add_lists(folder: Path, lists: Sequence[Path]) -> None:
    """Add what other lists tell of to the one in `folder`."""
    for told in lists:
        _append(folder, _read(told))


def read(folder: Path) -> list[Tombstone]:
    """The list. A line that a crash cut short is left out: what it told of is written again."""
    return _read(folder / LIST)


def _read(path: Path) -> list[Tombstone]:
    lines = path.read_bytes().split(b"\n") if path.is_file() else []
    return [stone for line in lines if line.strip() and (stone := _stone(line))]


def _stone(line: bytes) -> Tombstone | None:
    try:
        return msgspec.json.decode(line, type=Tombstone)
    except msgspec.DecodeError:
        log.warning("tombstone.unreadable")
        return None


def _append(folder: Path, stones: Sequence[Tombstone]) -> None:
    if not stones:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LIST).open("ab") as file:
        file.write(b"".join(b"\n" + msgspec.json.encode(stone) + b"\n" for stone in stones))
        file.flush()
        os.fsync(file.fileno())
