"""The routes of moving in: send a file, see how far it is, read what was not taken, cancel."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.params import Parameter
from litestar.response import Stream

from doorstep.kernel import Channel, Invalid, TooMuch, new_id
from doorstep.people import ADMINISTRATORS, Me
from doorstep.spine.inboxes import Channels
from doorstep.spine.moving import keep, report
from doorstep.spine.moving.model import House, Import, Refusal
from doorstep.spine.moving.move import archives_of, clear
from doorstep.store import Connection, Database

PAGE = 500


class Imports(msgspec.Struct, frozen=True):
    """A page of imports; `next` is the cursor to go on with."""

    rows: list[Import]
    next: UUID | None


class Refusals(msgspec.Struct, frozen=True):
    """A page of what was not taken; `next` is the place to go on after."""

    rows: list[Refusal]
    next: int | None


@post(
    "/api/imports",
    opt={**ADMINISTRATORS, "intake": True, "seconds": 24 * 3600.0},
    request_max_body_size=None,
)
async def post_import(
    request: Request[Any, Any, Any],
    db: Database,
    me: Me,
    channels: Channels,
    imports: House,
    inbox_id: UUID,
    name: Annotated[str, Parameter(min_length=1, max_length=200)],
    ours: Annotated[str, Parameter(max_length=4000)] = "",
) -> Import:
    """Send a file, as the body, to be moved into an inbox; `ours`: addresses we wrote from, with commas."""
    async with db.connection() as on:
        inbox = await keep.inbox_to_fill(on, inbox_id)
    archives_of(_channel(channels, inbox.channel))
    import_id = new_id()
    folder = imports.of(import_id)
    file = folder / f"upload{_ending(name)}"
    addresses = [address.strip() for address in ours.split(",") if address.strip()]
    try:
        await _received(request, file, imports.upload_bytes)
        async with db.transaction() as tx:
            await keep.add(tx, inbox_id, name, [str(file)], addresses, me, import_id)
    except BaseException:
        await clear(folder)
        raise
    async with db.connection() as on:
        return await keep.look(on, import_id)


@get("/api/imports", opt=ADMINISTRATORS)
async def get_imports(
    db: Database, after: UUID | None = None, limit: Annotated[int, Parameter(ge=1, le=100)] = 50
) -> Imports:
    """What was moved in, and what is being: the newest first."""
    async with db.connection() as on:
        rows = await keep.imports(on, after, limit)
    return Imports(rows, rows[-1].id if len(rows) == limit else None)


@get("/api/imports/{import_id:uuid}", opt=ADMINISTRATORS)
async def get_import(db: Database, import_id: UUID) -> Import:
    """How far one is."""
    async with db.connection() as on:
        return await keep.look(on, import_id)


@get("/api/imports/{import_id:uuid}/refusals", opt=ADMINISTRATORS)
async def get_refusals(
    db: Database,
    import_id: UUID,
    after: int = -1,
    limit: Annotated[int, Parameter(ge=1, le=PAGE)] = 100,
) -> Refusals:
    """What was not taken, and why."""
    async with db.connection() as on:
        await keep.look(on, import_id)
        rows = await keep.refusals(on, import_id, after, limit)
    return Refusals(rows, rows[-1].place if len(rows) == limit else None)


@get("/api/imports/{import_id:uuid}/report", opt=ADMINISTRATORS)
async def get_report(db: Database, import_id: UUID) -> Stream:
    """What was not taken, as CSV."""
    async with db.connection() as on:
        await keep.look(on, import_id)
    disposition = f'attachment; filename="import-{import_id}.csv"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return Stream(_report(db, import_id), media_type="text/csv; charset=utf-8", headers=headers)


@delete("/api/imports/{import_id:uuid}", opt=ADMINISTRATORS, status_code=200)
async def delete_import(tx: Connection, me: Me, import_id: UUID) -> Import:
    """Cancel it; what is taken stays."""
    await keep.look(tx, import_id)
    await keep.end(tx, import_id, "cancelled", me=me)
    return await keep.look(tx, import_id)


def _channel(channels: Channels, key: str) -> Channel:
    if key not in channels:
        raise Invalid("This inbox is on a channel that is not here any more.")
    return channels[key]


def _ending(name: str) -> str:
    """How the file's name ends, if that tells anything: it is kept under a name of ours."""
    ending = Path(name).suffix.lower()
    return ending if ending.isascii() and ending[1:].isalnum() and len(ending) <= 8 else ""


async def _received(request: Request[Any, Any, Any], file: Path, most: int) -> None:
    """The body, streamed to a file. Raises `TooMuch`, `Invalid` for nothing."""
    size = 0
    await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
    with await asyncio.to_thread(file.open, "wb") as out:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise TooMuch(
                    f"The file has more than {most / 1e9:,.1f} GB. Send it in parts, or use doorstep replay."
                )
            await asyncio.to_thread(out.write, chunk)
    if not size:
        raise Invalid("The file is empty.")


async def _report(db: Database, import_id: UUID) -> AsyncIterator[str]:
    yield report.heading()
    after = -1
    while True:
        async with db.connection() as on:
            rows = await keep.refusals(on, import_id, after, PAGE)
        if not rows:
            return
        yield report.rows(rows)
        after = rows[-1].place


routes = [post_import, get_imports, get_import, get_refusals, get_report, delete_import]
