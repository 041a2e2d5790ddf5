"""Whatever goes wrong, the answer says so in one form, in words, and nothing of the inside."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from litestar import get, post

from doorstep.kernel import Conflict, NotFound, Overloaded
from doorstep.people import ANYONE
from doorstep.store import Connection, Database
from tests.house_edge.house import House, house


class Line(msgspec.Struct):
    """A line of an order."""

    sku: str
    quantity: int


class Basket(msgspec.Struct):
    """Some lines."""

    lines: list[Line]


ERRORS: dict[str, Exception] = {
    "missing": NotFound("There is no such order."),
    "old": Conflict("Somebody else took it.", version=7),
    "full": Overloaded(retry_after=60),
    "bug": RuntimeError("the password is swordfish"),
    "deadlock": asyncpg.DeadlockDetectedError("deadlock detected"),
    "gone": ConnectionRefusedError("10.0.0.7"),
    "cut": asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
    "closed": asyncpg.InterfaceError("pool is closed"),
    "misused": asyncpg.InterfaceError("the server expects 1 argument for this query, 2 were passed"),
    "group": ExceptionGroup("two ended at once", [NotFound("There is no such order.")]),
    "decode": msgspec.ValidationError("Expected `int`, got `str` - at `$.lines[0].quantity`"),
}


@get("/api/error/{name:str}", opt=ANYONE, sync_to_thread=False)
def fail(name: str) -> None:
    raise ERRORS[name]


@post("/api/basket", opt=ANYONE, sync_to_thread=False)
def take(data: Basket) -> Basket:
    return data


@post("/api/small", opt=ANYONE, request_max_body_size=10, sync_to_thread=False)
def take_little(data: dict[str, Any]) -> dict[str, Any]:
    return data


@post("/api/large", opt=ANYONE, request_max_body_size=3_000_000, sync_to_thread=False)
def take_much(data: list[str]) -> int:
    return len(data)


@get("/api/order/{order_id:uuid}", opt=ANYONE, sync_to_thread=False)
def read(order_id: UUID, limit: int = 10) -> int:
    return limit


@get("/api/nul", opt=ANYONE)
async def store(tx: Connection, text: str) -> str:
    return str(await tx.fetchval("select $1::text", text.replace("0", "\0")))


@pytest.fixture
def desk(database: Database) -> House:
    return house(database, [fail, take, take_little, take_much, read, store])


@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("missing", 404, "Not found"),
        ("old", 409, "Changed meanwhile"),
        ("full", 503, "Full for the moment"),
        ("bug", 500, "Something went wrong here"),
        ("deadlock", 409, "Changed meanwhile"),
        ("gone", 503, "Database away"),
        ("cut", 503, "Database away"),
        ("closed", 503, "Database away"),
        ("misused", 500, "Something went wrong here"),
        ("group", 404, "Not found"),
        ("decode", 400, "Cannot be read"),
    ],
)
async def test_every_error_has_the_one_form(desk: House, name: str, status: int, title: str) -> None:
    answer = await desk.browser().get(f"/api/error/{name}")
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, body["status"], body["title"]) == (status, status, title)
    assert body["type"]
    assert body["detail"]
    assert body["request_id"] == answer.headers["X-Request-Id"]
    assert "swordfish" not in answer.text
    assert "10.0.0.7" not in answer.text


async def test_what_an_error_adds_is_there_too(desk: House) -> None:
    assert (await desk.browser().get("/api/error/old")).json()["version"] == 7
    assert (await desk.browser().get("/api/error/full")).headers["Retry-After"] == "60"
    assert (await desk.browser().get("/api/error/old")).json()["type"] == "urn:doorstep:problem:conflict"


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        ({"lines": [{"sku": "A", "quantity": "two"}]}, "lines[0].quantity", "Expected `int`, got `str`"),
        ({"lines": [{"quantity": 2}]}, "lines[0]", "Object missing required field `sku`"),
        ({}, "", "Object missing required field `lines`"),
    ],
)
async def test_a_body_that_does_not_fit_says_where(desk: House, body: Any, field: str, detail: str) -> None:
    answer = await desk.browser().post("/api/basket", json=body)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": field, "detail": detail}]
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[1, 2"])
async def test_what_is_not_json_is_said_to_be_not_json(desk: House, body: bytes) -> None:
    answer = await desk.browser().post("/api/basket", content=body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_parameter_that_does_not_fit_is_named(desk: House) -> None:
    path = "/api/order/018f3f00-0000-7000-8000-000000000000"
    answer = await desk.browser().get(path, params={"limit": "many"})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["limit"]


async def test_an_address_that_is_none_and_a_method_not_taken(desk: House) -> None:
    missing = await desk.browser().get("/api/nowhere")
    assert (missing.status_code, missing.json()["detail"]) == (404, "There is no such address.")
    assert (await desk.browser().get("/api/order/12")).status_code == 404
    wrong = await desk.browser().put("/api/basket")
    assert (wrong.status_code, wrong.json()["title"]) == (405, "Method not taken")


async def test_a_body_too_large_is_refused_and_a_route_sets_its_own_limit(desk: House) -> None:
    large = ["x" * 100] * 15_000
    assert (await desk.browser().post("/api/large", json=large)).status_code == 201
    assert (await desk.browser().post("/api/small", json={"much": "too much"})).status_code == 413
    refused = await desk.browser().post("/api/basket", json=large)
    assert (refused.status_code, refused.json()["title"]) == (413, "Too large")


async def test_a_nul_is_refused_and_not_a_crash(desk: House) -> None:
    assert (await desk.browser().get("/api/nul", params={"text": "a0b"})).status_code == 400
    assert (await desk.browser().get("/api/nul", params={"text": "ab"})).status_code == 200
