"""Puts the house together: the only file that knows every room."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import structlog
from litestar import Litestar
from litestar.di import Provide

from doorstep import channels as channel_room
from doorstep.choices import count_refused
from doorstep.choices.api import routes as choice_routes
from doorstep.chores import Keeping, do_chores
from doorstep.commerce.api import routes as commerce_routes
from doorstep.conversations import FOLLOW_UP, FollowingUp
from doorstep.conversations.api import routes as conversation_routes
from doorstep.customers import live_in
from doorstep.customers.api import routes as customer_routes
from doorstep.customers.matches_api import routes as match_routes
from doorstep.demo.begin import begin, staff_with_passwords
from doorstep.demo.greeting import DEMO_DOOR, free_port, greeting, say
from doorstep.demo.people import Employee
from doorstep.demo.play import Play
from doorstep.demo.play import routes as play_routes
from doorstep.demo.sink import sink
from doorstep.desk.api import routes as desk_routes
from doorstep.drafts.api import routes as draft_routes
from doorstep.house.application import HouseSettings, application
from doorstep.house.channels import channel_route
from doorstep.house.health import Check
from doorstep.house.logs import set_up_logs
from doorstep.house.metrics import Gauge
from doorstep.house.server import serve_http
from doorstep.kernel import Bounds, Bus, Channel, Files, Listener, Listens, Looks, SystemClock
from doorstep.people.api import routes as people_routes
from doorstep.portal.api import routes as portal_routes
from doorstep.privacy import JOB as FINISH
from doorstep.privacy import Finishing, reapply
from doorstep.privacy.api import routes as privacy_routes
from doorstep.ready.api import routes as ready_routes
from doorstep.replies import JOB
from doorstep.replies.api import routes as reply_routes
from doorstep.settings import Http, Settings
from doorstep.spine import (
    CONNECTIONS,
    Handoff,
    Sending,
    SpineEdge,
    Worker,
    count_undelivered,
    pending,
    watch_pressure,
)
from doorstep.spine.api import routes as spine_routes
from doorstep.spine.automatic import JOB as AUTOMATIC
from doorstep.spine.automatic import Answering
from doorstep.spine.automatic.api import routes as automatic_routes
from doorstep.spine.look import LOOK, Looking
from doorstep.spine.moving import House as ImportHouse
from doorstep.spine.moving import run_imports
from doorstep.spine.moving.api import routes as moving_routes
from doorstep.spine.pollers import count_contacts, run_pollers
from doorstep.spine.pollers.api import routes as poller_routes
from doorstep.spine.quarantine.api import routes as quarantine_routes
from doorstep.store import Database, DiskFiles, Follower, opened
from doorstep.store.bus import LocalBus, running_bus
from doorstep.store.dead_jobs import count_dead
from doorstep.store.embedded import embedded
from doorstep.store.jobs import JobWorker
from doorstep.store.migrate import migrate
from doorstep.store.partitions import make_this_month
from doorstep.store.sequencer import check_sequencer, run_sequencer

Channels = Mapping[str, Channel]
Progress = Callable[[str], None]
log = structlog.get_logger()


class House(msgspec.Struct, frozen=True):
    """A running house: what a request, a test or the demo needs of it."""

    settings: Settings
    url: str
    db: Database
    bus: Bus
    files: DiskFiles
    edge: SpineEdge
    channels: Channels
    follower: Follower
    doors: dict[str, str]
    """Where each channel's door stands open, by the channel's key."""


@asynccontextmanager
async def running(
    settings: Settings, channels: Channels | None = None, progress: Progress = lambda _: None
) -> AsyncIterator[House]:
    """The house, without its HTTP side, for the length of the block."""
    channels = channels if channels is not None else channel_room.found()
    live_in(settings.country)
    async with AsyncExitStack() as stack:
        url = (
            settings.database_url or (await stack.enter_async_context(embedded(settings.data, progress))).url
        )
        await migrate(url)
        db = await stack.enter_async_context(opened(url, spine=settings.spine.workers * CONNECTIONS))
        async with db.connection() as on:
            await make_this_month(on, datetime.now(UTC))
        bus = await stack.enter_async_context(running_bus(url))
        files, handoff, follower = DiskFiles(settings.data / "files"), Handoff(), Follower(db, bus)
        edge = SpineEdge(db, bus, files, handoff)
        await reapply(db, files.folder)
        await follower.start()
        looking = {key for key, channel in channels.items() if isinstance(channel, Looks)}
        workers = [
            Worker(db, bus, handoff, settings.spine.batch, looking=looking)
            for _ in range(settings.spine.workers)
        ]
        sending = Sending(db, bus, channels, edge, settings.address)
        answering = Answering(db, bus, channels)
        jobs = JobWorker(
            db,
            bus,
            {
                JOB: sending,
                AUTOMATIC: answering,
                LOOK: Looking(db, channels, edge),
                FINISH: Finishing(db, files),
                FOLLOW_UP: FollowingUp(db, bus),
            },
            {JOB: sending.bury},
        )
        limits = (settings.spine.backlog, settings.spine.disk_free)
        await stack.enter_async_context(
            _kept_going(
                *(worker.run for worker in workers),
                follower.run,
                jobs.run,
                lambda: run_sequencer(db, bus),
                lambda: watch_pressure(db, edge, files, *limits),
                lambda: do_chores(db, files, keep=kept(settings)),
                lambda: run_pollers(db, follower, channels, edge),
                lambda: run_imports(db, follower, channels, edge, imports_of(settings)),
            )
        )
        doors = await stack.enter_async_context(_open_doors(channels, edge, settings))
        yield House(settings, url, db, bus, files, edge, channels, follower, doors)


def kept(settings: Settings) -> Keeping:
    """How long what should not be here is kept."""
    return Keeping(
        timedelta(days=settings.quarantine.keep_days), timedelta(days=settings.privacy.sealed_days)
    )


def imports_of(settings: Settings) -> ImportHouse:
    """Where imports lie, and how large they may be."""
    limits = settings.imports
    return ImportHouse(
        folder=settings.data / "imports",
        upload_bytes=limits.upload_bytes,
        bounds=Bounds(unpacked_bytes=limits.unpacked_bytes),
    )


Duty = Callable[[], Coroutine[Any, Any, None]]


@asynccontextmanager
async def _kept_going(*duties: Duty) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(_again_and_again(duty)) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _again_and_again(duty: Duty) -> None:
    while True:
        try:
            await duty()
        except Exception:
            log.exception("duty.failed")
            await asyncio.sleep(1)


@asynccontextmanager
async def _open_doors(
    channels: Channels, edge: SpineEdge, settings: Settings
) -> AsyncIterator[dict[str, str]]:
    open_doors: dict[str, Listener] = {}
    try:
        for key, channel in channels.items():
            if isinstance(channel, Listens):
                open_doors[key] = await channel.listen(edge, settings.channels.get(key, {}))
        yield {key: door.address for key, door in open_doors.items()}
    finally:
        for door in open_doors.values():
            await door.close()


def web(house: House, more: Sequence[Any] = ()) -> Litestar:
    """The HTTP side of a running house; `more` are routes beside the rooms' own."""
    settings = house.settings
    edge_settings = HouseSettings(
        public_url=settings.address,
        metrics_token=settings.metrics_token,
        body_bytes=settings.http.body_bytes,
        request_seconds=settings.http.request_seconds,
    )
    return application(
        [*routes(house.channels), *more],
        db=house.db,
        bus=house.bus,
        settings=edge_settings,
        ready_checks=[Check("sequencer", lambda: check_sequencer(house.db))],
        gauges=_gauges(house.db),
        is_full=lambda: house.edge.is_full,
        dependencies=_given(
            house.bus, house.files, house.channels, house.follower, settings.address, imports_of(settings)
        ),
    )


def routes(channels: Channels) -> list[Any]:
    """The routes of all rooms."""
    return [
        *people_routes,
        *choice_routes,
        *commerce_routes,
        *conversation_routes,
        *customer_routes,
        *match_routes,
        *draft_routes,
        *reply_routes,
        *ready_routes,
        *portal_routes,
        *privacy_routes,
        *desk_routes,
        *spine_routes,
        *moving_routes,
        *poller_routes,
        *quarantine_routes,
        *automatic_routes,
        channel_route(channels),
    ]


def _given(
    bus: Bus, files: Files, channels: Channels, follower: Follower, address: str, imports: ImportHouse
) -> dict[str, Provide]:
    return {
        "imports": Provide(lambda: imports, sync_to_thread=False),
        "house_address": Provide(lambda: address, sync_to_thread=False),
        "bus": Provide(lambda: bus, sync_to_thread=False),
        "files": Provide(lambda: files, sync_to_thread=False),
        "channels": Provide(lambda: channels, sync_to_thread=False),
        "follower": Provide(lambda: follower, sync_to_thread=False),
    }


def _gauges(db: Database) -> list[Gauge]:
    async def undelivered() -> float:
        async with db.connection() as on:
            return await count_undelivered(on)

    async def backlog() -> float:
        async with db.connection() as on:
            return await pending(on, 1_000_000)

    async def against_choices() -> float:
        async with db.connection() as on:
            return await count_refused(on)

    async def dead_jobs() -> float:
        async with db.connection() as on:
            return await count_dead(on)

    async def connected() -> float:
        async with db.connection() as on:
            return await count_contacts(on, is_connected=True)

    async def failing() -> float:
        async with db.connection() as on:
            return await count_contacts(on, is_connected=False)

    return [
        Gauge(
            "doorstep_choice_violations_refused",
            "Replies against a customer's choice that were stopped.",
            against_choices,
        ),
        Gauge("doorstep_dead_jobs", "Jobs that failed at every try.", dead_jobs),
        Gauge("doorstep_connected_inboxes", "Inboxes that are watched elsewhere, and can be.", connected),
        Gauge("doorstep_failing_inboxes", "Inboxes that are to be watched, and cannot be.", failing),
        Gauge("doorstep_undelivered_signals", "Signals that failed at every try.", undelivered),
        Gauge("doorstep_backlog_signals", "Signals accepted and not yet shown.", backlog),
    ]


async def serve(settings: Settings) -> None:
    """Open the house, until cancelled."""
    set_up_logs(settings.log.format == "json", settings.log.level.upper())
    async with running(settings) as house:
        http = settings.http
        await serve_http(web(house), http.host, http.port, proxies=http.proxies)


async def demo(port: int, data: Path) -> None:
    """Open a house full of the sample company, until cancelled, and say how to get in."""
    set_up_logs(as_json=False, level="WARNING")
    channels = channel_room.found()
    key = next(key for key, channel in channels.items() if isinstance(channel, Listens))
    settings = Settings(data=data, http=Http(port=port), channels={key: {"port": free_port(DEMO_DOOR)}})
    async with running(settings, channels, say) as house, sink() as answers:
        host, _, door_port = house.doors[key].rpartition(":")
        clock = SystemClock()
        staff = await staff_with_passwords(house.db, data / "secrets" / "demo.json", clock)
        await begin(house.db, key, (host, int(door_port)), answers, clock, say)
        served = asyncio.Event()
        pages = web(house, play_routes(Play(house.db, answers, int(door_port))))
        serving = asyncio.create_task(serve_http(pages, settings.http.host, port, served))
        with_greeting = asyncio.create_task(_greet(served, settings.address, house.doors[key], staff))
        try:
            await serving
        finally:
            with_greeting.cancel()
            serving.cancel()
            await asyncio.gather(serving, with_greeting, return_exceptions=True)


async def _greet(served: asyncio.Event, address: str, door: str, staff: list[tuple[Employee, str]]) -> None:
    await served.wait()
    say(greeting(address, door, staff))


def openapi() -> dict[str, Any]:
    """Our OpenAPI document; needs no database."""
    channels, bus = channel_room.found(), LocalBus()
    db = Database("", None, None)  # type: ignore[arg-type]
    settings = Settings()
    given = _given(bus, DiskFiles(settings.data), channels, Follower(db, bus), "", imports_of(settings))
    house = application(
        routes(channels), db=db, bus=bus, settings=HouseSettings(public_url=""), dependencies=given
    )
    return house.openapi_schema.to_schema()
