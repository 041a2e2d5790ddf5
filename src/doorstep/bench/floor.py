"""The floor: pgbench, one durable single-row insert a transaction into a table like ours."""

import asyncio
import re
import time
from pathlib import Path

import asyncpg

from doorstep.store import Database

SCRIPT = Path(__file__).with_name("floor.sql")


async def make_floor(url: str) -> None:
    """An empty table with the columns and indexes of `interaction`."""
    connection = await asyncpg.connect(url)
    await connection.execute(
        "drop table if exists floor; create table floor (like interaction including all)"
    )
    await connection.close()


async def inserts_per_second(pgbench: Path, url: str, clients: int, seconds: int) -> float:
    """What pgbench reaches with so many clients. Raises `RuntimeError` with its own words when it fails."""
    process = await asyncio.create_subprocess_exec(
        pgbench, "-n", "-f", SCRIPT, "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(seconds), url,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    found = re.search(rb"tps = ([\d.]+)", out)
    if process.returncode or not found:
        raise RuntimeError(f"pgbench failed: {err.decode()[-500:]}")
    return float(found[1])


async def insert_times(db: Database, count: int) -> list[float]:
    """How long one durable insert takes a client of ours that has nothing else to do, in seconds."""
    statement = await asyncio.to_thread(SCRIPT.read_text)
    times = []
    async with db.connection() as on:
        insert = await on.prepare(statement.rstrip().rstrip(";"))
        for _ in range(count):
            await asyncio.sleep(0.002)
            began = time.perf_counter()
            await insert.fetch()
            times.append(time.perf_counter() - began)
    return times
