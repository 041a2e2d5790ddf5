"""`doorstep replay PATH…`: history moves in, with a line on the screen that says how far it is."""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from doorstep.channels import found
from doorstep.cli.reach import database_of, say, settings_of
from doorstep.kernel import Archives, Bounds, Conflict, Invalid, Misconfigured, SystemClock, new_id
from doorstep.settings import Settings
from doorstep.spine import SpineEdge, Worker, watch_pressure
from doorstep.spine.edge import Fence
from doorstep.spine.moving import House, Refusal, Run, keep
from doorstep.spine.moving.move import Mover, Progress, clear, listed, look_through, reader_for, still_to_file
from doorstep.spine.moving.past import Reader
from doorstep.spine.moving.report import as_refusal, write
from doorstep.spine.moving.run import lease_of
from doorstep.spine.undelivered import replay as replay_one
from doorstep.spine.undelivered import replay_all
from doorstep.store import Database, DiskFiles, leases
from doorstep.store.bus import LocalBus
from doorstep.store.partitions import make_this_month

T = TypeVar("T")
EVERY = 0.5
"""Seconds between two lines on the screen."""
LONGEST_WAIT = 30.0
"""Seconds to wait for the lease of one that was killed."""


def ids_of(asked: argparse.Namespace) -> list[UUID] | None:
    """The undelivered signals that are meant; none: files are. Raises `Misconfigured` for a mixture."""
    if asked.inbox or asked.dry_run:
        return None
    try:
        return [UUID(word) for word in asked.what]
    except ValueError:
        raise Misconfigured("Say by --inbox ADDRESS which inbox these files are moved into.") from None


async def send_again(asked: argparse.Namespace, ids: Sequence[UUID]) -> int:
    """Undelivered signals, once more."""
    async with database_of(asked) as db, db.transaction() as tx:
        if not ids:
            print(f"{await replay_all(tx)} signals go through again.")
        for identifier in ids:
            print(f"Signal {await replay_one(tx, identifier)} goes through again.")
    return 0


async def move_in(asked: argparse.Namespace) -> int:
    """Move files in; 1 when something of them was not taken."""
    if not asked.what:
        raise Misconfigured("Name the files or folders that are moved in.")
    paths, settings, channels = _paths(asked.what), settings_of(asked), found()
    bounds = Bounds(unpacked_bytes=settings.imports.unpacked_bytes)
    house = House(folder=settings.data / "imports", bounds=bounds)
    async with database_of(asked) as db:
        able = [key for key, channel in channels.items() if isinstance(channel, Archives)]
        async with db.connection() as on:
            inbox = await keep.inbox_at(on, asked.inbox, able)
        reader = await reader_for(db, channels[inbox.channel], inbox, asked.ours)
        if asked.dry_run:
            return await _look_through(db, reader, paths, house, asked.report)
        run = await _run_of(db, reader, paths, asked)
        return await _taken(db, reader, run, settings, house, asked.report)


def _paths(given: Sequence[str]) -> list[str]:
    """In full. Raises `Invalid` for one that is not there."""
    if missing := [path for path in given if not Path(path).exists()]:
        raise Invalid(f"There is no {missing[0]}.")
    return [str(Path(path).resolve()) for path in given]


async def _run_of(db: Database, reader: Reader, paths: Sequence[str], asked: argparse.Namespace) -> Run:
    """The import of these files that broke off, else a new one."""
    async with db.transaction() as tx:
        if known := await keep.same(tx, reader.inbox.id, paths):
            say(f"Going on after {known.place:,}.")
            return known
        name = ", ".join(Path(path).name for path in paths)[:200]
        import_id = await keep.add(tx, reader.inbox.id, name, paths, asked.ours)
        return Run(import_id, reader.inbox.id, list(paths), False, asked.ours, "", 0)


async def _taken(
    db: Database, reader: Reader, run: Run, settings: Settings, house: House, report: Path | None
) -> int:
    line = Line()

    async def take(token: int) -> None:
        say("Looking through the files …")
        planned = await listed(reader, run.paths, house, house.of(run.id), SystemClock().now())
        async with _spine(db, settings) as edge:
            fence = Fence(lease_of(run.id), token)
            await Mover(db, edge, run, fence, line.tell).move(reader, planned)
            await _filed(db, line)

    await _alone(db, lease_of(run.id), take)
    async with db.transaction() as tx:
        await keep.end(tx, run.id, "done")
    await clear(house.of(run.id))
    async with db.connection() as on:
        ended = await keep.look(on, run.id)
        refused = await keep.refusals(on, run.id, -1, 10_000_000)
    line.end()
    print(f"{ended.taken:,} taken, {ended.known:,} were here already, {ended.refused:,} refused.")
    _written(refused, report or settings.data / "imports" / f"{run.id}.csv")
    return 1 if refused else 0


async def _look_through(
    db: Database, reader: Reader, paths: Sequence[str], house: House, report: Path | None
) -> int:
    line, folder = Line(), house.of(new_id())
    try:
        planned = await listed(reader, paths, house, folder, SystemClock().now())
        counts, refused = await look_through(db, reader, planned, line.tell)
    finally:
        await clear(folder)
    line.end()
    print(f"{counts.taken:,} would be taken, {counts.known:,} are here already, {counts.refused:,} refused.")
    _written([as_refusal(n, one) for n, one in enumerate(refused)], report)
    return 1 if refused else 0


def _written(refused: Sequence[Refusal], report: Path | None) -> None:
    for one in refused[:10]:
        print(f"{one.found_at}: {one.reason}", file=sys.stderr)
    if refused and report:
        write(refused, report)
        print(f"What was refused, and why: {report}")


async def _filed(db: Database, line: "Line") -> None:
    """Wait until the last is in its story."""
    while left := await still_to_file(db):
        line.show(f"{left:,} still to be filed")
        await asyncio.sleep(EVERY)


@asynccontextmanager
async def _spine(db: Database, settings: Settings) -> AsyncIterator[SpineEdge]:
    """An edge, and a worker behind it: an open house may be there, or none."""
    bus, files, limits = LocalBus(), DiskFiles(settings.data / "files"), settings.spine
    async with db.connection() as on:
        await make_this_month(on, SystemClock().now())
    edge = SpineEdge(db, bus, files)
    tasks = [
        asyncio.create_task(Worker(db, bus, batch=limits.batch).run()),
        asyncio.create_task(watch_pressure(db, edge, files, limits.backlog, limits.disk_free)),
    ]
    try:
        yield edge
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _alone(db: Database, name: str, work: Callable[[int], Awaitable[T]]) -> T:
    """Do it under a lease, once. Raises `Conflict` while another process does it."""
    begun: asyncio.Event = asyncio.Event()
    ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    async def duty(token: int) -> None:
        begun.set()
        try:
            result = await work(token)
        except Exception as error:
            ended.set_exception(error)
        else:
            ended.set_result(result)
        await asyncio.Event().wait()

    holding = asyncio.create_task(leases.hold(db, name, duty))
    try:
        try:
            await asyncio.wait_for(begun.wait(), LONGEST_WAIT)
        except TimeoutError:
            raise Conflict("These files are being moved in already, by another process.") from None
        return await ended
    finally:
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)


class Line:
    """One line on the screen that is written over; on no screen, a line now and then."""

    def __init__(self) -> None:
        self._shown_at = 0.0
        self._began: tuple[float, int] | None = None

    def tell(self, progress: Progress) -> None:
        """How many, how fast, how long still."""
        now = time.monotonic()
        began, place = self._began = self._began or (now, progress.place)
        rate = (progress.place - place) / max(now - began, 0.001)
        left = (progress.total - progress.place) / rate if rate else 0.0
        self.show(
            f"{progress.place:,} of {progress.total:,} · {rate:,.0f} a second · {_spoken(left)} left · "
            f"{progress.counts.refused:,} refused"
        )

    def show(self, words: str) -> None:
        """These words, unless the last ones were just shown."""
        now, is_screen = time.monotonic(), sys.stderr.isatty()
        if now - self._shown_at < (EVERY if is_screen else 10 * EVERY):
            return
        self._shown_at = now
        ahead, end = ("\r\x1b[2K", "") if is_screen else ("", "\n")
        print(f"{ahead}{words}", end=end, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave it."""
        if sys.stderr.isatty():
            print(file=sys.stderr)


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
