"""Begin: the company moves in, and its open mails come in by the real door."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import aiosmtplib
import msgspec

from doorstep.demo.company import SEED, Company, company
from doorstep.demo.dice import moment
from doorstep.demo.load import letters_came, letters_to_come, load, sql
from doorstep.demo.open_mails import Posted, open_mails
from doorstep.demo.people import STAFF, Employee, add_staff, new_passwords
from doorstep.demo.sink import Sink
from doorstep.kernel import Clock
from doorstep.store import Database

Say = Callable[[str], None]
PATIENCE, LOOK = 60.0, 0.05


async def begin(
    db: Database,
    channel: str,
    door: tuple[str, int],
    sink: Sink,
    clock: Clock,
    say: Say,
    scale: float = 1.0,
) -> None:
    """Fill an empty house with the company; in a full one, only tell its inboxes where replies go now.

    A start that ended before every open mail was in is taken up again: the mails have the same names, and
    those that came before are known.
    """
    made = await load(
        db, channel, lambda what, done, total: say(f"  {what}: {done:,} of {total:,}"), scale=scale
    )
    async with db.transaction() as tx:
        server = {"host": "127.0.0.1", "port": sink.port, "security": "none", "sender_name": "Marlow & Finch"}
        await sql.run(tx, "reply_by", channel=channel, settings=msgspec.json.encode(server).decode())
    written_at = await letters_to_come(db)
    if written_at is not None:
        if made is None:
            made = await asyncio.to_thread(company, moment(written_at), SEED, scale)
        await _write(db, made, door, say)
        async with db.transaction() as tx:
            await sql.run(tx, "spread_promises", now=clock.now(), agent=STAFF[0].sign_in)
            await letters_came(tx)


async def _write(db: Database, made: Company, door: tuple[str, int], say: Say) -> None:
    mails = open_mails(random.Random(SEED + 2), made)
    say(f"  {len(mails)} customers are writing …")
    for mail in mails:
        await _post(mail, door)
    await _until_shown(db)


async def _post(mail: Posted, door: tuple[str, int]) -> None:
    sender, recipient, raw = mail
    host, port = door
    await aiosmtplib.send(
        raw, sender=sender, recipients=[recipient], hostname=host, port=port, start_tls=False, timeout=20
    )


async def _until_shown(db: Database) -> None:
    async with db.connection() as on:
        for _ in range(int(PATIENCE / LOOK)):
            if not await sql.value(on, "still_to_come"):
                return
            await asyncio.sleep(LOOK)


async def staff_with_passwords(db: Database, file: Path, clock: Clock) -> list[tuple[Employee, str]]:
    """The staff and their passwords: made at the first start, and kept in `file` for its owner only."""
    passwords = await asyncio.to_thread(_kept_passwords, file)
    await add_staff(db, passwords, clock.now())
    return [(worker, passwords[worker.sign_in]) for worker in STAFF]


def _kept_passwords(file: Path) -> dict[str, str]:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_bytes(msgspec.json.encode(new_passwords()))
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str])
