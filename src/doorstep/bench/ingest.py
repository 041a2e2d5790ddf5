"""`doorstep bench ingest`: how fast signals go through the spine, beside what PostgreSQL itself can do.

Rounds of floor and spine are interleaved and medians taken, for machines are noisy: read the ratios. The
floor is pgbench, one durable single-row insert a transaction into a table with the columns and indexes of
`interaction`. A signal writes six rows (seen, journal, work; interaction, name, event) and often more.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

import msgspec

from doorstep.bench.floor import insert_time, inserts_per_second, make_floor
from doorstep.bench.material import arrivals, make_inbox
from doorstep.kernel import Arrival
from doorstep.kernel.bus import OUTBOX
from doorstep.spine import CONNECTIONS, Handoff, SpineEdge, Worker, drain
from doorstep.store import Database, DiskFiles, opened
from doorstep.store.bus import LocalBus
from doorstep.store.embedded import discard, embedded, programs
from doorstep.store.migrate import migrate
from doorstep.store.partitions import make_partitions

CLIENTS = (1, 8, 32)
WORKERS = (1, 2, 4)
ACCEPTED_AT_ONCE = 100
AT_REST = 300
PAUSE = 0.002


class Ground(msgspec.Struct, frozen=True):
    """What is measured on."""

    url: str
    pgbench: Path
    db: Database
    edge: SpineEdge
    bus: LocalBus
    handoff: Handoff
    inbox_id: UUID
    rng: random.Random


class Figures(msgspec.Struct):
    """What was measured: floor and spine in rows and signals a second, rests in seconds."""

    floor: dict[int, list[float]] = msgspec.field(default_factory=lambda: {c: [] for c in CLIENTS})
    accepted: list[float] = msgspec.field(default_factory=list)
    spine: dict[int, list[float]] = msgspec.field(default_factory=lambda: {w: [] for w in WORKERS})
    insert_at_rest: list[float] = msgspec.field(default_factory=list)
    event_at_rest: list[float] = msgspec.field(default_factory=list)


async def bench_ingest(signals: int, rounds: int, seconds: int, say: Callable[[str], None]) -> Figures:
    """Measure; `say` gets a line as each round ends, and the report last."""
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        async with _ground(Path(folder)) as ground:
            for number in range(1, rounds + 1):
                await _round(ground, figures, signals, seconds)
                say(f"round {number} of {rounds}: {_line(figures)}")
        await asyncio.to_thread(discard, Path(folder) / "data")
    say(report(figures))
    return figures


@asynccontextmanager
async def _ground(folder: Path) -> AsyncIterator[Ground]:
    async with embedded(folder / "data") as server:
        await migrate(server.url)
        await make_floor(server.url)
        inbox_id = await make_inbox(server.url)
        async with opened(server.url, spine=max(WORKERS) * CONNECTIONS) as db:
            async with db.connection() as on:
                await make_partitions(on, datetime.now(UTC))
            bus, handoff = LocalBus(), Handoff()
            edge = SpineEdge(db, bus, DiskFiles(folder / "files"), handoff)
            pgbench = programs() / "pgbench"
            yield Ground(server.url, pgbench, db, edge, bus, handoff, inbox_id, random.Random(1))


async def _round(ground: Ground, figures: Figures, signals: int, seconds: int) -> None:
    for clients, workers in zip(CLIENTS, WORKERS, strict=True):
        per_second = await inserts_per_second(ground.pgbench, ground.url, clients, seconds)
        figures.floor[clients].append(per_second)
        figures.accepted.append(await _accept(ground, signals))
        figures.spine[workers].append(await _drain(ground, signals, workers))
    inserts, events = await _at_rest(ground)
    figures.insert_at_rest += inserts
    figures.event_at_rest += events


async def _accept(ground: Ground, signals: int) -> float:
    sent = arrivals(ground.inbox_id, signals, ground.rng)
    began = time.perf_counter()
    for start in range(0, signals, ACCEPTED_AT_ONCE):
        await ground.edge.accept(sent[start : start + ACCEPTED_AT_ONCE])
    return signals / (time.perf_counter() - began)


async def _drain(ground: Ground, signals: int, workers: int) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(drain(Worker(ground.db, ground.bus)) for _ in range(workers)))
    return signals / (time.perf_counter() - began)


async def _at_rest(ground: Ground) -> tuple[list[float], list[float]]:
    """One insert, one signal, in turn: so that whatever else the machine does falls on both.

    What the load before left to the database, to tidy and to write, is done first: else it is not at rest.
    """
    async with ground.db.connection() as on:
        for tidy in ("vacuum (analyze)", "checkpoint"):
            await on.execute(tidy)
    shown = asyncio.Event()
    forget = ground.bus.listen(OUTBOX, shown.set)
    working = asyncio.create_task(Worker(ground.db, ground.bus, ground.handoff).run())
    inserts, events = [], []
    try:
        async with ground.db.connection() as on:
            for arrival in arrivals(ground.inbox_id, AT_REST, ground.rng):
                await asyncio.sleep(PAUSE)
                inserts.append(await insert_time(on))
                await asyncio.sleep(PAUSE)
                events.append(await _event_time(ground, arrival, shown))
    finally:
        forget()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return inserts, events


async def _event_time(ground: Ground, arrival: Arrival, shown: asyncio.Event) -> float:
    shown.clear()
    began = time.perf_counter()
    await ground.edge.accept([arrival])
    await shown.wait()
    return time.perf_counter() - began


def _line(figures: Figures) -> str:
    floor = ", ".join(f"{c}: {v[-1]:,.0f}" for c, v in figures.floor.items())
    spine = ", ".join(f"{w}: {v[-1]:,.0f}" for w, v in figures.spine.items())
    return f"pgbench by clients {floor}; spine by workers {spine}"


def report(figures: Figures) -> str:
    """The medians, and the ratios that count."""
    floor = {c: median(v) for c, v in figures.floor.items()}
    spine = {w: median(v) for w, v in figures.spine.items()}
    insert, event = _p95(figures.insert_at_rest), _p95(figures.event_at_rest)
    lines = [
        f"floor, inserts/s by clients   {', '.join(f'{c}: {v:,.0f}' for c, v in floor.items())}",
        f"accepted, signals/s           {median(figures.accepted):,.0f} (by {ACCEPTED_AT_ONCE})",
        f"spine, signals/s by workers   {', '.join(f'{w}: {v:,.0f}' for w, v in spine.items())}",
        f"one worker / one client       {spine[1] / floor[1]:.2f}   (to reach: 2)",
        f"best / pgbench's best         {max(spine.values()) / max(floor.values()):.2f}   (to reach: 0.7)",
        f"at rest, p95                  insert {insert * 1e3:.2f} ms, edge to event {event * 1e3:.2f} ms",
        f"edge to event / insert        {event / insert:.2f}   (at most: 6)",
    ]
    return "\n".join(lines)


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]
