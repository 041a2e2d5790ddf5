"""The floor: pgbench, one durable single-row insert a transaction into a table like ours."""

import asyncio
import re
import time
from pathlib import Path

import asyncpg

from doorstep.store import Connection

SCRIPT = Path(__file__).with_name("floor.sql")
INSERT = SCRIPT.read_text("utf-8")


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


async def insert_time(on: Connection) -> float:
    """How long one durable insert takes a client of ours that has nothing else to do, in seconds."""
    began = time.perf_counter()
    await on.execute(INSERT)
    return time.perf_counter() - began
