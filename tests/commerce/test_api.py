"""The doors a shop's program knocks at."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from doorstep.commerce.api import routes
from doorstep.kernel import DoorstepError, new_id
from doorstep.people import Me, Role
from doorstep.store import Connection, Database
from tests.commerce.shop import ROWS, told, value

ME = Me(new_id(), "Ada", Role.ADMINISTRATOR, "ada")


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The room's routes, in an app that gives them what they ask for."""
    from litestar import Response

    async def transaction() -> AsyncIterator[Connection]:
        async with database.transaction() as tx:
            yield tx

    def worded(_: Any, error: DoorstepError) -> Response[dict[str, str]]:
        return Response({"detail": error.detail}, status_code=error.status)

    app = Litestar(
        routes,
        dependencies={
            "db": Provide(lambda: database, sync_to_thread=False),
            "me": Provide(lambda: ME, sync_to_thread=False),
            "tx": Provide(transaction),
        },
        exception_handlers={DoorstepError: worded},
        signature_types=[Connection, Database, Me],
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as open_client:
        yield open_client


async def test_a_batch_goes_in_and_names_who_sent_it(client: httpx.AsyncClient, database: Database) -> None:
    answer = await client.post("/api/commerce/products", json={"source": "shop", "rows": ROWS["products"]})
    assert (answer.status_code, answer.json()) == (200, {"accepted": 2, "unchanged": 0, "refused": []})
    assert await told(database) == ["product.upserted"] * 2
    assert await value(database, "select actor_id from outbox limit 1") == ME.agent_id


async def test_refused_rows_are_answered_with_200(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/commerce/payments", json={"source": "shop", "rows": ROWS["payments"]})
    assert answer.status_code == 200
    assert [(r["row"], r["key"], r["field"]) for r in answer.json()["refused"]] == [(1, "y1", "order")]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("carts", {"source": "shop", "rows": []}, 404),
        ("products", {"source": "shop", "rows": [{}] * 1001}, 413),
        ("products", {"source": "shop", "rows": [{"title": "x" * 5_000_001}]}, 413),
        ("products", {"source": "Not A Name", "rows": []}, 400),
        ("products", {"rows": []}, 400),
    ],
)
async def test_what_is_no_batch_is_refused_whole(
    client: httpx.AsyncClient, kind: str, body: Any, status: int
) -> None:
    answer = await client.post(f"/api/commerce/{kind}", json=body)
    assert answer.status_code == status


SHEET = "id,sku,title,price,currency\np1,A,Cup,1.50,EUR\np2,B,Jug,?,EUR\n"


@pytest.mark.parametrize("as_form", [True, False])
async def test_a_file_goes_in(client: httpx.AsyncClient, as_form: bool) -> None:
    body = (
        {"files": {"file": ("rows.csv", SHEET.encode(), "text/csv")}}
        if as_form
        else {"content": SHEET.encode()}
    )
    answer = await client.post("/api/commerce/import?kind=products&source=shop", **body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["accepted"] == 1
    assert [(r["row"], r["field"]) for r in answer.json()["refused"]] == [(3, "price")]


async def test_a_form_without_a_file(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/commerce/import?kind=products&source=shop", files={"a": (None, "text")})
    assert answer.status_code == 400
