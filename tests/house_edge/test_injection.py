"""What a handler names, it is given."""

from typing import Any

from litestar import get
from litestar.di import Provide

from doorstep.house import HouseSettings, application
from doorstep.kernel import Clock, Files
from doorstep.people import ANYONE, READERS, Me, Session
from doorstep.store import Connection, Database
from doorstep.store.bus import LocalBus
from doorstep.testing import MemoryFiles, TurnableClock
from tests.house_edge.house import URL, house


@get("/api/all", opt=READERS)
async def ask_for_all(db: Database, tx: Connection, me: Me, session: Session, clock: Clock) -> dict[str, Any]:
    name = await tx.fetchval("select name from agent where id = $1", me.agent_id)
    return {"name": name, "same": session.me == me, "now": clock.now(), "pool": db.pool.get_max_size()}


@get("/api/files", opt=ANYONE)
async def ask_for_a_port(files: Files) -> str:
    return await files.keep(b"")


async def test_all_that_the_house_gives(database: Database) -> None:
    agent = await house(database, [ask_for_all]).signed_in()
    answer = (await agent.get("/api/all")).json()
    assert answer["name"] == (await agent.get("/api/session")).json()["name"]
    assert (answer["same"], answer["now"]) == (True, "2026-03-02T12:00:00Z")


async def test_what_the_application_adds(database: Database) -> None:
    desk = house(database)
    desk.app = application(
        [ask_for_a_port],
        db=database,
        bus=LocalBus(),
        settings=HouseSettings(public_url=URL),
        clock=TurnableClock(),
        dependencies={"files": Provide(MemoryFiles, sync_to_thread=False)},
    )
    assert (await desk.browser().get("/api/files")).text.startswith("e3b0c44298fc1c14")
