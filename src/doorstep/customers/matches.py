"""Matches: whom a customer may also be, why, and an agent's word that it is not so."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.customers.weigh import Reason
from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


class Match(msgspec.Struct, frozen=True):
    """Somebody who may be the same person. `score` is the sum of the weights, `confidence` a probability."""

    customer_id: UUID
    name: str
    city: str
    score: float
    confidence: float
    reasons: list[Reason]
    found_at: datetime


class MatchRow(msgspec.Struct, frozen=True):
    """As it lies in the store; `reasons` is JSON."""

    customer_id: UUID
    name: str
    city: str
    score: float
    confidence: float
    reasons: str
    found_at: datetime


async def matches(on: Connection, customer_id: UUID) -> list[Match]:
    """The likeliest first; not those that were refused, and not those who are one person already.

    Raises `NotFound`.
    """
    if not await sql.tuples(on, "there", ids=[customer_id]):
        raise NotFound("There is no such customer.")
    rows = await sql.rows(on, "matches", MatchRow, customer_id=customer_id)
    return [
        Match(
            row.customer_id,
            row.name,
            row.city,
            round(row.score, 1),
            round(row.confidence, 3),
            msgspec.json.decode(row.reasons, type=list[Reason]),
            row.found_at,
        )
        for row in rows
    ]


async def refuse(tx: Connection, customer_id: UUID, other_id: UUID, me: Me, now: datetime) -> None:
    """They are not the same, for good: it is never asked again. Raises `NotFound` when it was not asked."""
    done = await sql.run(
        tx, "refuse", customer_id=customer_id, other_id=other_id, agent_id=me.agent_id, refused_at=now
    )
    if not done:
        raise NotFound("Nobody asks whether these two are the same. Read the page again.")
    data: dict[str, object] = {"other": str(other_id)}
    await outbox.tell(tx, "match.refused", customer_id, actor_id=me.agent_id, data=data)
