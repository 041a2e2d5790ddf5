"""Every route by every role: who is let in, who is asked to sign in, who is sent away."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from doorstep.house.guard import routes_of
from doorstep.people import COOKIE, Role
from doorstep.store import Database
from house_edge.house import House, begin, hire, house, status_of

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
VALUES = {"uuid": "018f3f00-0000-7000-8000-000000000000", "int": "1", "path": "/some/where"}

OWN = {
    ("DELETE", "/api/session"),
    ("POST", "/api/session/password"),
}
"""What the auditor may change: its own sign-in."""
PUBLIC = {
    ("GET", "/"),
    ("GET", "/{path:path}"),
    ("GET", "/api/schema"),
    ("GET", "/api/schema/openapi.json"),
    ("GET", "/api/schema/{path:str}"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("POST", "/api/session"),
}
"""All that is open without a sign-in; a route that joins them is written down here."""


class Door(msgspec.Struct, frozen=True):
    """One method of one path, and who may use it."""

    method: str
    path: str
    roles: frozenset[Role]

    @property
    def filled(self) -> str:
        """The path, with something for each of its parameters."""
        return re.sub(r"/?\{\w+:(\w+)\}", lambda found: "/" + VALUES.get(found[1], "x").strip("/"), self.path)

    def lets_in(self, role: Role) -> bool:
        """Whether it should: the auditor changes nothing but its own sign-in."""
        own = role is not Role.AUDITOR or self.method not in CHANGES or (self.method, self.path) in OWN
        return role in self.roles and own


def application_under_test(db: Database) -> House:
    """The whole application."""
    return house(db)


def doors(desk: House) -> Iterator[Door]:
    """Every route of an application, a door for each method."""
    for said, handler in routes_of(desk.app):
        methods, path = said.split(" ")
        for method in sorted(set(methods.split("/")) - {"OPTIONS", "HEAD"}):
            yield Door(method, path, handler.opt["roles"])


@pytest.fixture
def desk(database: Database) -> House:
    return application_under_test(database)


async def entrance(desk: House, role: Role) -> dict[str, str]:
    """The headers of somebody with a role and a fresh session."""
    async with desk.db.connection() as on:
        agent_id = await on.fetchval("select id from agent where role = $1 and ended_at is null", role)
    token, session = await begin(desk.db, agent_id or await hire(desk.db, role, role), desk.clock)
    return {"Cookie": f"{COOKIE}={token}", "X-CSRF-Token": session.csrf}


def test_the_walk_meets_every_kind_of_door(desk: House) -> None:
    met = list(doors(desk))
    assert {door.method for door in met} >= {"GET", "POST", "DELETE"}
    assert len({door.roles for door in met}) >= 4
    assert len(met) >= len(PUBLIC) + 7


def test_nothing_is_public_that_is_not_meant_to_be(desk: House) -> None:
    assert {(door.method, door.path) for door in doors(desk) if not door.roles} == PUBLIC


async def test_without_a_session_one_is_asked_to_sign_in(desk: House) -> None:
    wrong = []
    for door in doors(desk):
        status = await status_of(desk.app, door.method, door.filled, {})
        if (status == 401) != bool(door.roles) or status == 403:
            wrong.append((door, status))
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_in_where_it_should_and_nowhere_else(desk: House, role: Role) -> None:
    wrong = []
    for door in doors(desk):
        status = await status_of(desk.app, door.method, door.filled, await entrance(desk, role))
        expected = not door.roles or door.lets_in(role)
        if status == 401 or (status == 403) == expected:
            wrong.append((door, status))
    assert wrong == []


@pytest.mark.parametrize("missing", ["X-CSRF-Token", "our origin", "our site"])
async def test_no_change_without_proof_that_it_was_asked_for_here(desk: House, missing: str) -> None:
    elsewhere = {"our origin": {"Origin": "https://evil.test"}, "our site": {"Sec-Fetch-Site": "cross-site"}}
    wrong = []
    for door in doors(desk):
        if door.method in CHANGES and (door.roles or missing != "X-CSRF-Token"):
            headers = await entrance(desk, Role.ADMINISTRATOR) | elsewhere.get(missing, {})
            headers.pop(missing, None)
            if (status := await status_of(desk.app, door.method, door.filled, headers)) != 403:
                wrong.append((door, status))
    assert wrong == []
