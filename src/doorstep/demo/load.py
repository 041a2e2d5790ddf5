"""Fill an empty database with the company: generated here, copied in, all in one transaction."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from doorstep.demo.company import SEED, Company, Progress, company
from doorstep.demo.dice import DAY, moment
from doorstep.demo.ready import make_ready
from doorstep.demo.tables import COLUMNS, SOURCE, Rows
from doorstep.demo.talk import Setting, talk_over_the_year
from doorstep.kernel import new_id
from doorstep.store import Connection, Database, beside, jobs
from doorstep.store.partitions import make_partitions

sql: Final = beside(__file__)

YEAR: Final = 366 * DAY
MONTHS: Final = 16
LETTERS: Final = "demo.letters"
"""What is still to do when the company is in: its customers' open mails, as of the job's moment (ms)."""
QUEUE: Final = "Customer care"
SUPPORT: Final = "support@marlowfinch.example"
ORDERS: Final = "orders@marlowfinch.example"
INBOXES: Final = (("Support", SUPPORT, timedelta(hours=4)), ("Orders", ORDERS, timedelta(hours=8)))


async def load(
    db: Database, channel_key: str, progress: Progress, now: datetime | None = None, scale: float = 1.0
) -> Company | None:
    """Load the company, its inboxes on the channel `channel_key`, its past. None when it is there already.

    Whoever answers in the past is one of the agents there are: add them first (`demo/people.py`).
    """
    async with db.connection() as on:
        if await sql.value(on, "is_loaded", source=SOURCE):
            return None
        agents = [row["id"] for row in await sql.tuples(on, "staff")]
    made = await asyncio.to_thread(company, now or datetime.now(UTC), SEED, scale, progress)
    async with db.transaction() as tx:
        await make_partitions(tx, moment(made.now - YEAR), months=MONTHS)
        settings = await _set_up(tx, channel_key, agents)
        await make_ready(tx, [setting.inbox_id for setting in settings], moment(made.now))
        dice = random.Random(SEED + 1)
        for share, setting in zip((0.7, 0.3), settings, strict=True):
            await asyncio.to_thread(talk_over_the_year, dice, setting, made, made.rows, scale * share)
        await copy(tx, made.rows, progress)
        await jobs.add(tx, LETTERS, made.now, key=SOURCE)
    async with db.connection() as on:
        await on.execute("analyze")
    return made


async def letters_to_come(db: Database) -> int | None:
    """The moment (ms) the open mails are of, when they are not all in yet."""
    async with db.connection() as on:
        payload = await sql.value(on, "letters_to_come", kind=LETTERS)
    return None if payload is None else msgspec.json.decode(payload, type=int)


async def letters_came(tx: Connection) -> None:
    """All are in: nothing is left to do."""
    await jobs.cancel(tx, LETTERS, SOURCE)


async def _set_up(tx: Connection, channel: str, agents: list[UUID]) -> list[Setting]:
    queue_id = new_id()
    await sql.run(tx, "add_queue", id=queue_id, name=QUEUE)
    await sql.run(tx, "add_queue_count", queue_id=queue_id)
    settings = []
    for name, address, within in INBOXES:
        inbox_id = new_id()
        await sql.run(
            tx,
            "add_inbox",
            id=inbox_id,
            channel=channel,
            name=name,
            address=address,
            queue_id=queue_id,
            reply_within=within,
        )
        settings.append(Setting(channel, inbox_id, address, queue_id, agents))
    return settings


async def copy(tx: Connection, rows: Rows, progress: Progress) -> None:
    """Copy the rows in, table by table."""
    total, done = sum(len(table) for table in rows.values()), 0
    for table, columns in COLUMNS.items():
        progress(table, done, total)
        await tx.copy_records_to_table(table, records=rows[table], columns=columns)
        done += len(rows[table])
    progress("ready", total, total)
