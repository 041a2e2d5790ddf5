"""The server's life: started, watched, started again when it is killed, ended with us."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import msgspec

from doorstep.kernel import Misconfigured
from doorstep.store import leases
from doorstep.store.embedded.cluster import password, prepare
from doorstep.store.embedded.home import Home, home_of
from doorstep.store.embedded.lock import AlreadyRuns, held
from doorstep.store.embedded.orphan import end_orphan
from doorstep.store.embedded.process import Postmaster
from doorstep.store.embedded.socket import Door, door

DATABASE = "doorstep"
_START = 300.0
"""Seconds that a start may take: a crash recovery takes as long as it takes."""


class Server(msgspec.Struct, frozen=True):
    """A running server: the `url` of its database, and the folder of its programs and of its log."""

    url: str
    programs: Path
    folder: Path


@asynccontextmanager
async def embedded(
    data: Path, progress: Callable[[str], None] = lambda _: None, fsync: bool = True
) -> AsyncIterator[Server]:
    """PostgreSQL on the folder `data`, for the length of the block; made on the first call.

    It ends with this process, whatever ends it, and is started again if it dies before. `fsync=False` is for
    tests, which have nothing to lose. Raises `Misconfigured` when another Doorstep runs on the folder, when
    it is of another major version, or when the server does not start; the message says what to do.
    """
    home = home_of(data)
    with held(home.folder / "lock"):
        await _clear(home, progress)
        await prepare(home, progress, fsync)
        way = door(home)
        postmaster = Postmaster(home, way, fsync)
        watch = asyncio.create_task(_keep(postmaster, way, progress, started := asyncio.Event()))
        try:
            await _first(started, watch)
            await _make_database(way.url(password(home), "postgres"))
            server = Server(way.url(password(home), DATABASE), home.programs, home.folder)
            await _end_leases(server.url)
            yield server
        finally:
            watch.cancel()
            postmaster.stop()
            with suppress(asyncio.CancelledError, Misconfigured):
                await watch


@asynccontextmanager
async def reached(data: Path, progress: Callable[[str], None] = lambda _: None) -> AsyncIterator[Server]:
    """The database of `data`, whether a Doorstep runs on it or not: for backup, import and the like.

    Raises `Misconfigured` as `embedded` does.
    """
    async with AsyncExitStack() as stack:
        try:
            server = await stack.enter_async_context(embedded(data, progress))
        except AlreadyRuns:
            home = home_of(data)
            server = Server(door(home).url(password(home), DATABASE), home.programs, home.folder)
        yield server


async def _clear(home: Home, progress: Callable[[str], None]) -> None:
    if (pid := await asyncio.to_thread(end_orphan, home.cluster)) is not None:
        progress(f"Ended a PostgreSQL that was left behind (process {pid}).")


async def _first(started: asyncio.Event, watch: "asyncio.Task[None]") -> None:
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({waiting, watch}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if watch.done():
        watch.result()


async def _keep(
    postmaster: Postmaster, way: Door, progress: Callable[[str], None], started: asyncio.Event
) -> None:
    """Start the server, and again whenever it dies. Only the first start may give up."""
    while True:
        try:
            await _start(postmaster, way, progress)
            started.set()
            await postmaster.ended()
        except Misconfigured as error:
            if not started.is_set():
                raise
            progress(str(error))
            await asyncio.sleep(5)
        progress("PostgreSQL ended unasked; starting it again …")


async def _start(postmaster: Postmaster, way: Door, progress: Callable[[str], None]) -> None:
    """Start, and try again while the remains of a killed server are in the way."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    url = way.url(password(postmaster.home), "postgres")
    progress("Starting PostgreSQL …")
    while True:
        postmaster.start()
        if await _answers(postmaster, url, began, progress):
            return
        if not postmaster.may_retry() or loop.time() - began > _START:
            raise Misconfigured(f"PostgreSQL did not start. It said:\n{postmaster.last_words()}")
        await asyncio.sleep(0.2)
        await _clear(postmaster.home, progress)


async def _answers(postmaster: Postmaster, url: str, began: float, progress: Callable[[str], None]) -> bool:
    loop = asyncio.get_running_loop()
    told = began
    while postmaster.runs():
        with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await (await asyncpg.connect(url, timeout=10)).close()
            return True
        now = loop.time()
        if now - began > _START:
            postmaster.stop()
            raise Misconfigured(f"PostgreSQL is not ready after {_START:.0f} s. See {postmaster.log}.")
        if now - told > 5:
            told = now
            progress(f"PostgreSQL puts itself in order ({now - began:.0f} s) …")
        await asyncio.sleep(0.05)
    return False


async def _end_leases(url: str) -> None:
    # The lock is ours, so whoever held a lease on this folder is dead: nobody need wait for it to run out.
    connection = await asyncpg.connect(url)
    try:
        with suppress(asyncpg.UndefinedTableError):  # the database is new
            await leases.end_all(connection)
    finally:
        await connection.close()


async def _make_database(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        with suppress(asyncpg.DuplicateDatabaseError):
            await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()
