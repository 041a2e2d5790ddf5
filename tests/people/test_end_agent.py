"""Somebody leaves."""

from uuid import uuid4

from doorstep.people import COOKIE, Role
from doorstep.store import Database
from tests.house_edge.house import PASSWORD, begin, hire, house, told


async def test_their_sessions_end_and_they_cannot_come_back(database: Database) -> None:
    desk = house(database)
    leaving = await hire(database, Role.AGENT, "leo")
    token, _ = await begin(database, leaving, desk.clock)
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    assert (await administrator.delete(f"/api/agents/{leaving}")).status_code == 204
    assert (await desk.browser(Cookie=f"{COOKIE}={token}").get("/api/session")).json() is None
    tried = await desk.browser().post("/api/session", json={"sign_in": "leo", "password": PASSWORD})
    assert tried.status_code == 401
    assert "agent.ended" in [kind for kind, *_ in await told(database)]
    assert (await administrator.delete(f"/api/agents/{leaving}")).status_code == 404


async def test_nobody_ends_themselves_or_somebody_who_never_was(database: Database) -> None:
    administrator = await house(database).signed_in(Role.ADMINISTRATOR)
    me = (await administrator.get("/api/session")).json()["agent_id"]
    assert (await administrator.delete(f"/api/agents/{me}")).status_code == 409
    assert (await administrator.delete(f"/api/agents/{uuid4()}")).status_code == 404


async def test_their_name_can_be_given_again(database: Database) -> None:
    desk = house(database)
    leaving = await hire(database, Role.AGENT, "leo")
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    new = {"sign_in": "Leo", "name": "Leo the Second", "role": "agent", "password": "a long enough one"}
    assert (await administrator.post("/api/agents", json=new)).status_code == 409
    await administrator.delete(f"/api/agents/{leaving}")
    assert (await administrator.post("/api/agents", json=new)).status_code == 201
    entered = await desk.browser().post(
        "/api/session", json={"sign_in": "leo", "password": "a long enough one"}
    )
    assert (entered.status_code, entered.json()["name"]) == (201, "Leo the Second")
    old = await desk.browser().post("/api/session", json={"sign_in": "leo", "password": PASSWORD})
    assert old.status_code == 401
