"""The sequencer gives committed events their number. One runs at a time, a lease holder.

Ids are drawn before commit, so a later one may be seen first; a number is given after, so whoever reads
by number misses nothing. Numbers have no gaps.
"""

import asyncio

import structlog

from doorstep.kernel import Bus, Overloaded
from doorstep.kernel.bus import EVENTS, OUTBOX
from doorstep.store import leases
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY, Database
from doorstep.store.queries import beside

sql = beside(__file__)
log = structlog.get_logger()

NAME = "sequencer"
BATCH = 1000
PATIENCE = 0.25
"""Seconds after which it looks though nobody woke it."""


async def sequence(db: Database, token: int | None = None) -> int:
    """Number what is committed, once; returns how many. With a token, only while the lease is ours."""
    async with db.transaction() as tx:
        if token is not None and not await leases.still_holds(tx, NAME, token):
            return 0
        # Durable before anyone is told: a crash of the server must not give a number to another event.
        return await sql.run(tx, "sequence", most=BATCH)


async def run_sequencer(db: Database, bus: Bus) -> None:
    """Number events as they are committed, on whichever node holds the lease, until cancelled."""
    bell = Bell()
    forget = bus.listen(OUTBOX, bell.ring)

    async def duty(token: int) -> None:
        while True:
            if await _sequence_patiently(db, token):
                bus.wake(EVENTS)
            else:
                await bell.wait(PATIENCE)

    try:
        await leases.hold(db, NAME, duty)
    finally:
        forget()


async def _sequence_patiently(db: Database, token: int) -> int:
    try:
        return await sequence(db, token)
    except AWAY as error:
        log.warning("sequencer.database_away", error=str(error))
        await asyncio.sleep(0.5)
        return 0


async def check_sequencer(db: Database) -> None:
    """Raises `Overloaded` when no node numbers events: screens would stand still."""
    async with db.connection() as on:
        if not await sql.value(on, "is_held", name=NAME):
            raise Overloaded("No node numbers events at the moment; one takes it over within seconds.")
