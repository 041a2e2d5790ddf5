"""A route that takes in from outside is closed while we are full; the others stay open."""

from litestar import post

from doorstep.house import HouseSettings, application
from doorstep.people import ANYONE
from doorstep.store import Database
from doorstep.store.bus import LocalBus
from tests.house_edge.house import URL, house


@post("/api/hook", opt={**ANYONE, "intake": True}, sync_to_thread=False)
def take_in() -> None: ...


@post("/api/answer", opt=ANYONE, sync_to_thread=False)
def do_something() -> None: ...


async def test_only_intake_is_closed_while_full(database: Database) -> None:
    full, desk = [True], house(database)
    settings = HouseSettings(public_url=URL)
    desk.app = application(
        [take_in, do_something], db=database, bus=LocalBus(), settings=settings, is_full=lambda: full[0]
    )
    async with desk.browser() as outside:
        refused = await outside.post("/api/hook")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
        assert refused.json()["type"] == "urn:doorstep:problem:overloaded"
        assert (await outside.post("/api/answer")).status_code == 201
        full[0] = False
        assert (await outside.post("/api/hook")).status_code == 201
