"""An administrator adds somebody."""

from typing import Any

import pytest

from doorstep.people import Role
from doorstep.store import Database
from tests.house_edge.house import House, house, told

NEW = {"sign_in": "noor", "name": "Noor Aziz", "role": "agent", "password": "ten letters"}


@pytest.fixture
def desk(database: Database) -> House:
    return house(database)


async def test_whoever_was_added_signs_in(desk: House) -> None:
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    answer = await administrator.post("/api/agents", json=NEW)
    assert answer.status_code == 201
    assert answer.json()["name"] == "Noor Aziz"
    assert "password" not in answer.json()
    tried = await desk.browser().post("/api/session", json={"sign_in": "noor", "password": "ten letters"})
    assert tried.json()["role"] == "agent"
    assert "agent.added" in [kind for kind, *_ in await told(desk.db)]
    assert "Noor Aziz" in [a["name"] for a in (await administrator.get("/api/agents")).json()]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"password": "ninechars"}, 400, "password"),
        ({"password": "NOOR AZIZ!", "name": "Noor Aziz!"}, 400, "password"),
        ({"sign_in": "  "}, 400, "sign_in"),
        ({"name": "\t"}, 400, "name"),
    ],
)
async def test_what_is_not_good_enough_is_refused(
    desk: House, change: dict[str, Any], status: int, field: str
) -> None:
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    answer = await administrator.post("/api/agents", json=NEW | change)
    assert (answer.status_code, answer.json()["field"]) == (status, field)


async def test_a_name_is_given_once(desk: House) -> None:
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    await administrator.post("/api/agents", json=NEW)
    answer = await administrator.post("/api/agents", json=NEW | {"sign_in": "NOOR"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This sign-in name is taken."


async def test_there_is_no_role_of_ones_own_making(desk: House) -> None:
    administrator = await desk.signed_in(Role.ADMINISTRATOR)
    answer = await administrator.post("/api/agents", json=NEW | {"role": "king"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "role"
