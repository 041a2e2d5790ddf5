"""A job that died is seen: a reply's on its story, any other on the desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from doorstep.app import House, web
from doorstep.kernel import SystemClock, new_id
from doorstep.people import COOKIE, Role
from doorstep.replies import JOB
from doorstep.settings import Settings
from doorstep.spine import Handoff, Sending, SpineEdge
from doorstep.store import Database, DiskFiles, Follower, jobs
from doorstep.store.bus import LocalBus
from doorstep.store.jobs import JobWorker
from doorstep.testing import MemoryChannel
from tests.house_edge.house import URL, begin, hire
from tests.parts import Spine, until
from tests.spine.test_outbound import job_of_a_reply


async def test_a_reply_whose_worker_is_killed_each_time_has_failed(spine: Spine) -> None:
    channel = MemoryChannel()
    job = await job_of_a_reply(spine, 1, channel)
    await spine.run(
        "update job set tries = $1, owner = gen_random_uuid(), until = now() - interval '1 s'", jobs.TRIES
    )
    sending = Sending(spine.db, spine.bus, {"memory": channel}, spine.edge)
    working = asyncio.create_task(JobWorker(spine.db, spine.bus, {JOB: sending}, {JOB: sending.bury}).run())
    try:
        await until(lambda: is_failed(spine))
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    (reply,) = await spine.rows("select delivery_detail from interaction where direction = 'out'")
    assert "It may not have left" in str(reply["delivery_detail"])
    assert jobs.KILLER in str(reply["delivery_detail"])
    assert await spine.value("select count(*) from dead_job") == 0
    assert await spine.value("select count(*) from job") == 0
    assert await spine.value("select unread from conversation") is True
    assert [row["kind"] for row in await spine.told()][-1] == "reply.failed"
    assert job.kind == JOB


async def is_failed(spine: Spine) -> bool:
    return await spine.value("select delivery from interaction where direction = 'out'") == "failed"


@asynccontextmanager
async def browser(db: Database, role: Role, files: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody signed in to the whole application."""
    bus, kept = LocalBus(), DiskFiles(files)
    app = web(
        House(
            Settings(public_url=URL), "", db, bus, kept, SpineEdge(db, bus, kept, Handoff()), {},
            Follower(db, bus), {},
        )
    )  # fmt: skip
    token, session = await begin(db, await hire(db, role, role), SystemClock())
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=URL, headers={"X-CSRF-Token": session.csrf}
    ) as client:
        client.cookies.set(COOKIE, token)
        yield client


async def bury(db: Database, number: int) -> None:
    async with db.connection() as on:
        await on.execute(
            "insert into dead_job (id, kind, lane, payload, tries, created_at, error) "
            "values ($1, $2, 'way', 'of Ana', 8, now(), 'ValueError.')",
            new_id(), f"kind.{number}",
        )  # fmt: skip


async def test_dead_jobs_are_listed_counted_and_tried_again(database: Database, tmp_path: Path) -> None:
    for number in range(3):
        await bury(database, number)
    async with browser(database, Role.SUPERVISOR, tmp_path) as supervisor:
        first = (await supervisor.get("/api/jobs/dead", params={"limit": 2})).json()
        rest = (await supervisor.get("/api/jobs/dead", params={"limit": 2, "after": first["next"]})).json()
        assert [row["kind"] for row in first["rows"] + rest["rows"]] == ["kind.2", "kind.1", "kind.0"]
        assert rest["next"] is None
        assert "Ana" not in str(first)
        assert "doorstep_dead_jobs 3.0" in (await supervisor.get("/metrics")).text
        again = f"/api/jobs/{first['rows'][0]['id']}/retry"
        assert (await supervisor.post(again)).status_code == 202
        assert (await supervisor.post(again)).status_code == 404
        assert "doorstep_dead_jobs 2.0" in (await supervisor.get("/metrics")).text
    async with database.connection() as on:
        job = await on.fetchrow("select kind, lane, tries, payload from job")
        assert tuple(job) == ("kind.2", "way", 0, b"of Ana")
        assert await on.fetchval("select kind from outbox") == "job.retried"
