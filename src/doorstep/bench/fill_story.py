"""A shop's years for `doorstep bench story`, made by the server itself."""

from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from doorstep.bench.material import make_inbox
from doorstep.kernel import new_id
from doorstep.store import Queries

OF_EACH = 40
"""Interactions of one customer; beside them four orders with their payments and parcels."""
AT_ONCE = 200_000
LONG = UUID(int=1)
"""The customer with 10,000 interactions more."""

_sql = Queries(Path(__file__).with_name("story.sql"))


async def fill(url: str, interactions: int) -> None:
    """Fill an empty database with so many interactions and what belongs to them, analysed."""
    inbox_id = await make_inbox(url)
    on = await asyncpg.connect(url)
    await on.execute("set synchronous_commit = off; set maintenance_work_mem = '512MB'")
    agent_id, customers = new_id(), interactions // OF_EACH
    await on.execute(
        "insert into agent (id, sign_in, name, role, password) values ($1, 'bench', 'Maren', 'agent', '')",
        agent_id,
    )
    given: dict[str, Any] = {
        "customers": customers,
        "inbox_id": inbox_id,
        "queue_id": await on.fetchval("select queue_id from inbox where id = $1", inbox_id),
        "agent_id": agent_id,
        "customer_id": LONG,
        "conversation_id": UUID(int=0),
        "entries": 10_000,
    }
    await on.execute(_sql["begin"].text)
    for name, each in (("customers", 1), ("shop", 1), ("conversations", 4), ("orders", 4)):
        await _run(on, name, given | {"each": each})
    for first in range(0, interactions, AT_ONCE):
        last = min(first + AT_ONCE, interactions) - 1
        await _run(on, "interactions", given | {"each": OF_EACH, "first": first, "last": last})
    await _run(on, "long", given)
    await on.execute(_sql["end"].text)
    await on.execute("vacuum analyze")
    await on.close()


async def _run(on: "asyncpg.Connection[Any]", name: str, values: dict[str, Any]) -> None:
    statement = _sql[name]
    await on.execute(statement.text, *[values[p] for p in statement.parameters])
