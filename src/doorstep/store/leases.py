"""One of each: a lease lets one node alone do a thing, and a token proves it to whatever it writes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog

from doorstep.kernel import new_id
from doorstep.store.database import AWAY, Connection, Database
from doorstep.store.queries import beside

sql = beside(__file__)
log = structlog.get_logger()

LENGTH = timedelta(seconds=8)
"""So long a dead node's duties rest; a living one that is busy has half of it to renew."""
LOOK = 0.5
"""Seconds between two looks at a lease that another holds."""
NODE = new_id()
"""This process, as an owner."""


async def take(on: Connection, name: str, owner: UUID = NODE, length: timedelta = LENGTH) -> int | None:
    """Take or keep the lease; returns its fencing token, or None when another owner holds it."""
    token: int | None = await sql.value(on, "take_lease", name=name, owner=owner, length=length)
    return token


async def give_back(on: Connection, name: str, owner: UUID = NODE) -> None:
    """Let the next owner have it at once."""
    await sql.run(on, "drop_lease", name=name, owner=owner)


async def end_all(on: Connection) -> None:
    """Nobody holds any lease from now on; for who knows that no node runs. Tokens stay, and rise."""
    await sql.run(on, "end_leases")


async def still_holds(tx: Connection, name: str, token: int, owner: UUID = NODE) -> bool:
    """Whether the lease is still ours, and stays so until `tx` ends."""
    return bool(await sql.value(tx, "lease_is_held", name=name, owner=owner, token=token))


async def hold(
    db: Database,
    name: str,
    duty: Callable[[int], Awaitable[None]],
    owner: UUID = NODE,
    length: timedelta = LENGTH,
) -> None:
    """Do `duty(token)` whenever the lease is ours, until cancelled; the duty is cancelled when it is lost."""
    while True:
        with suppress(*AWAY):
            async with db.connection() as on:
                token = await take(on, name, owner, length)
            if token is not None:
                await _work_and_renew(db, name, duty, token, owner, length)
        await asyncio.sleep(min(LOOK, length.total_seconds() / 3))


async def _work_and_renew(
    db: Database,
    name: str,
    duty: Callable[[int], Awaitable[None]],
    token: int,
    owner: UUID,
    length: timedelta,
) -> None:
    work = asyncio.ensure_future(duty(token))
    try:
        while not work.done():
            await asyncio.wait([work], timeout=length.total_seconds() / 3)
            async with asyncio.timeout(length.total_seconds() / 2), db.connection() as on:
                if await take(on, name, owner, length) != token:
                    break
        if work.done() and not work.cancelled() and (error := work.exception()):
            log.error("lease.duty_failed", lease=name, exc_info=error)
    except AWAY as error:
        log.warning("lease.lost", lease=name, error=str(error))
    finally:
        await _end(work)
        with suppress(*AWAY):
            async with asyncio.timeout(2), db.connection() as on:
                await give_back(on, name, owner)


async def _end(work: "asyncio.Future[None]") -> None:
    work.cancel()
    await asyncio.wait([work])
