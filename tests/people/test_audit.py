"""The auditor reads what happened: by customer, by actor, by kind, the newest first."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from doorstep.kernel import new_id
from doorstep.people import Role
from doorstep.people.audit import NEWEST, Asked, sql
from doorstep.store import Database, outbox
from tests.house_edge.house import hire, house

MOST = 3


async def told(database: Database, *events: tuple[str, UUID | None, UUID | None]) -> None:
    """Events of a kind, an actor and a customer, numbered."""
    async with database.transaction() as tx:
        for kind, actor_id, customer_id in events:
            await outbox.tell(tx, kind, customer_id, actor_id=actor_id, data={"n": 1})
        await outbox.sql.run(tx, "sequence", most=100)


async def kinds(auditor: httpx.AsyncClient, **asked: object) -> list[str]:
    """Every page, to the end."""
    found, before = list[dict[str, Any]](), None
    while True:
        params = {"limit": MOST, **asked} | ({"before": before} if before else {})
        page = (await auditor.get("/api/audit", params=params)).raise_for_status().json()
        found += page["rows"]
        if (before := page["next"]) is None:
            return [row["kind"] for row in found if not row["kind"].startswith("session.")]


async def test_it_is_asked_by_customer_by_actor_and_by_kind_newest_first(database: Database) -> None:
    mia, leo = [await hire(database, Role.AGENT, name) for name in ("mia", "leo")]
    ioanna, david = new_id(), new_id()
    events = [(f"k.{n}", mia if n % 2 else leo, ioanna if n < 5 else david) for n in range(8)]
    await told(database, *events, ("signal.shown", None, ioanna))
    auditor = await house(database).signed_in(Role.AUDITOR)
    assert await kinds(auditor) == [f"k.{n}" for n in range(7, -1, -1)]
    assert await kinds(auditor, customer=ioanna) == ["k.4", "k.3", "k.2", "k.1", "k.0"]
    assert await kinds(auditor, actor=mia) == ["k.7", "k.5", "k.3", "k.1"]
    assert await kinds(auditor, kind="k.6") == ["k.6"]
    assert await kinds(auditor, customer=david, actor=leo) == ["k.6"]
    assert await kinds(auditor, actor=leo, kind="k.2") == ["k.2"]
    assert await kinds(auditor, customer=ioanna, kind="k.6") == []


async def test_who_failed_to_sign_in_is_there_and_what_came_in_is_not(database: Database) -> None:
    await told(database, ("session.failed", None, None), ("signal.shown", None, new_id()))
    auditor = await house(database).signed_in(Role.AUDITOR)
    rows = (await auditor.get("/api/audit", params={"kind": "session.failed"})).json()["rows"]
    assert [row["kind"] for row in rows] == ["session.failed"]
    assert (await auditor.get("/api/audit", params={"kind": "signal.shown"})).json()["rows"] == []


async def test_a_page_has_a_limit_that_is_said(database: Database) -> None:
    auditor = await house(database).signed_in(Role.AUDITOR)
    answer = await auditor.get("/api/audit", params={"limit": 501})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Asked(), "rest_seq_idx"),
        (Asked(customer=new_id()), "customer_id_seq"),
        (Asked(actor=new_id()), "actor_id_seq"),
        (Asked(kind="k"), "kind_seq"),
    ],
)
async def test_it_walks_only_what_people_did(database: Database, asked: Asked, index: str) -> None:
    async with database.connection() as on:
        await on.execute(
            "insert into event (seq, id, at, kind, customer_id, actor_id, data) select n, gen_random_uuid(), "
            "now(), case when n % 1000 = 0 then 'k' else 'signal.shown' end, gen_random_uuid(), "
            "case when n % 1000 = 0 then gen_random_uuid() end, '{}' from generate_series(1, 50000) n"
        )
        await on.execute("analyze event")
        statement = sql[asked.statement()]
        values = {
            "before": NEWEST,
            "most": 100,
            "customer": asked.customer,
            "actor": asked.actor,
            "kind": asked.kind,
        }
        plan = await on.fetch(f"explain {statement.text}", *[values[p] for p in statement.parameters])
    text = "\n".join(row[0] for row in plan)
    assert "Seq Scan" not in text, text
    assert index in text, text
