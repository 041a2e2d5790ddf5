"""Every route by every role: who is let in, who is asked to sign in, who is sent away."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from litestar import Litestar

from doorstep.app import House, web
from doorstep.channels import found
from doorstep.house.guard import routes_of
from doorstep.kernel import SystemClock
from doorstep.people import COOKIE, Role
from doorstep.settings import Settings
from doorstep.spine import Handoff, SpineEdge
from doorstep.store import Database, DiskFiles, Follower
from doorstep.store.bus import LocalBus
from tests.house_edge.house import URL, begin, hire, status_of

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
VALUES = {"uuid": "018f3f00-0000-7000-8000-000000000000", "int": "1", "path": "/some/where"}

OWN = {
    ("DELETE", "/api/session"),
    ("POST", "/api/session/password"),
    ("POST", "/api/mentions/{mention_id:uuid}/seen"),
}
"""What the auditor may change: its own sign-in, and what it has seen of what it was told."""
PUBLIC = {
    ("GET", "/"),
    ("GET", "/{path:path}"),
    ("GET", "/api/schema"),
    ("GET", "/api/schema/openapi.json"),
    ("GET", "/api/schema/{path:str}"),
    ("GET", "/my/choices"),
    ("GET", "/my/choices/{token:str}"),
    ("POST", "/my/choices"),
    ("POST", "/my/choices/{token:str}"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("GET", "/api/session"),
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


def application_under_test(db: Database, files: Path) -> Litestar:
    """The whole application, every room of it, at rest."""
    bus, kept = LocalBus(), DiskFiles(files)
    edge, channels = SpineEdge(db, bus, kept, Handoff()), found()
    return web(House(Settings(public_url=URL), "", db, bus, kept, edge, channels, Follower(db, bus), {}))


def doors(app: Litestar) -> Iterator[Door]:
    """Every route of an application, a door for each method."""
    for said, handler in routes_of(app):
        methods, path = said.split(" ")
        for method in sorted(set(methods.split("/")) - {"OPTIONS", "HEAD"}):
            yield Door(method, path, handler.opt["roles"])


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Litestar:
    return application_under_test(database, tmp_path)


async def entrance(db: Database, role: Role) -> dict[str, str]:
    """The headers of somebody with a role and a fresh session."""
    async with db.connection() as on:
        agent_id = await on.fetchval("select id from agent where role = $1 and ended_at is null", role)
    token, session = await begin(db, agent_id or await hire(db, role, role), SystemClock())
    return {"Cookie": f"{COOKIE}={token}", "X-CSRF-Token": session.csrf}


def test_the_walk_meets_every_kind_of_door(app: Litestar) -> None:
    met = list(doors(app))
    assert {door.method for door in met} >= {"GET", "POST", "DELETE"}
    assert len({door.roles for door in met}) >= 4
    assert len(met) >= len(PUBLIC) + 20


def test_nothing_is_public_that_is_not_meant_to_be(app: Litestar) -> None:
    assert {(door.method, door.path) for door in doors(app) if not door.roles} == PUBLIC


async def test_without_a_session_one_is_asked_to_sign_in(app: Litestar, database: Database) -> None:
    wrong = []
    for door in doors(app):
        status = await status_of(app, door.method, door.filled, {})
        if (status == 401) != bool(door.roles) or status == 403:
            wrong.append((door, status))
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_gets_in_where_it_should_and_nowhere_else(
    app: Litestar, database: Database, role: Role
) -> None:
    wrong = []
    for door in doors(app):
        status = await status_of(app, door.method, door.filled, await entrance(database, role))
        expected = not door.roles or door.lets_in(role)
        if status == 401 or (status == 403) == expected:
            wrong.append((door, status))
    assert wrong == []


async def test_no_route_stumbles_over_an_empty_request(app: Litestar, database: Database) -> None:
    wrong = []
    for door in doors(app):
        entered = await entrance(database, Role.ADMINISTRATOR)
        status = await status_of(app, door.method, door.filled, entered | {"Accept": "application/json"})
        if status >= 500 and door.path not in {"/", "/health/ready"}:
            wrong.append((door, status))
    assert wrong == []


@pytest.mark.parametrize("missing", ["X-CSRF-Token", "our origin", "our site"])
async def test_no_change_without_proof_that_it_was_asked_for_here(
    app: Litestar, database: Database, missing: str
) -> None:
    elsewhere = {"our origin": {"Origin": "https://evil.test"}, "our site": {"Sec-Fetch-Site": "cross-site"}}
    wrong = []
    for door in doors(app):
        if door.method in CHANGES and (door.roles or missing != "X-CSRF-Token"):
            headers = await entrance(database, Role.ADMINISTRATOR) | elsewhere.get(missing, {})
            headers.pop(missing, None)
            if (status := await status_of(app, door.method, door.filled, headers)) != 403:
                wrong.append((door, status))
    assert wrong == []
