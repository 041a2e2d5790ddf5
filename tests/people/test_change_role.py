"""Somebody is here to do something else from now on."""

import asyncio

from doorstep.people import Role
from doorstep.store import Database
from tests.house_edge.house import hire, house, told


async def test_a_new_role_holds_from_the_next_request(database: Database) -> None:
    desk = house(database)
    administrator, agent = await desk.signed_in(Role.ADMINISTRATOR), await desk.signed_in(Role.AGENT)
    agent_id = (await agent.get("/api/session")).json()["agent_id"]
    assert (await agent.get("/api/audit")).status_code == 403
    changed = await administrator.put(f"/api/agents/{agent_id}/role", json={"role": "supervisor"})
    assert (changed.status_code, changed.json()["role"]) == (200, "supervisor")
    assert (await agent.get("/api/audit")).status_code == 200
    [(kind, _, data)] = await told(database)
    assert (kind, data) == ("role.changed", '{"is": "supervisor", "was": "agent"}')


async def test_the_last_administrator_stays_one(database: Database) -> None:
    desk = house(database)
    last = await desk.signed_in(Role.ADMINISTRATOR)
    me = (await last.get("/api/session")).json()["agent_id"]
    assert (await last.put(f"/api/agents/{me}/role", json={"role": "agent"})).status_code == 409
    await hire(database, Role.ADMINISTRATOR, "another")
    assert (await last.put(f"/api/agents/{me}/role", json={"role": "agent"})).status_code == 200


async def test_two_administrators_do_not_take_it_from_each_other(database: Database) -> None:
    desk = house(database)
    two = [await desk.signed_in(Role.ADMINISTRATOR) for _ in range(2)]
    ids = [(await one.get("/api/session")).json()["agent_id"] for one in two]
    await asyncio.gather(
        *(one.put(f"/api/agents/{ids[1 - n]}/role", json={"role": "agent"}) for n, one in enumerate(two))
    )
    async with database.connection() as on:
        assert await on.fetchval("select count(*) from agent where role = 'administrator'") == 1
