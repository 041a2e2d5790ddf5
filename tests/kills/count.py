"""Counting afterwards: is everything there, once, and does every figure agree with the rows."""

import asyncio
import time
from collections.abc import Iterable

import asyncpg
import httpx

Connection = asyncpg.Connection

ORPHANS = """
select i.id from interaction i
where not exists (select from conversation c where c.id = i.conversation_id and c.customer_id = i.customer_id)
   or not exists (select from customer where customer.id = i.customer_id)
   or i.direction = 'in' and not exists (select from identity where identity.id = i.identity_id)"""
WRONG_COUNTS = """
select c.id from conversation c
where c.interactions <> (select count(*) from interaction i where i.conversation_id = c.id)"""
WRONG_QUEUES = """
select q.id from queue q
where (select coalesce(sum(waiting), 0) from queue_count n where n.queue_id = q.id)
    + (select coalesce(sum(waiting), 0) from queue_delta d where d.queue_id = q.id)
   <> (
     select count(*) from conversation c where c.queue_id = q.id and c.state = 'open' and c.joined_to is null
   )"""
DOUBLED_PEOPLE = "select value from identity group by kind, value having count(*) > 1"
UNSHOWN = """
select i.id from interaction i where i.direction = 'in'
and (select count(*) from event e where e.kind = 'signal.shown' and e.subject_id = i.id) <> 1"""
SHOWN_OF_NOTHING = """
select e.id from event e where e.kind = 'signal.shown'
and not exists (select from interaction i where i.id = e.subject_id)"""
UNJOURNALLED = """
select s.signal_id from seen s where not exists (select from journal j where j.id = s.signal_id)
union all
select j.id from journal j where not exists (select from seen s where s.signal_id = j.id)"""
FILELESS = """
select a.sha256 from attachment a where not exists (select from file_use f where f.sha256 = a.sha256)"""
NOTHING_OF = {
    "orphans": ORPHANS,
    "conversations with a wrong count": WRONG_COUNTS,
    "queues with a wrong count": WRONG_QUEUES,
    "identities twice": DOUBLED_PEOPLE,
    "not shown exactly once": UNSHOWN,
    "shown of nothing": SHOWN_OF_NOTHING,
    "in one of seen and journal": UNJOURNALLED,
    "files nobody keeps": FILELESS,
}
LEFT = """
select (select count(*) from work) + (select count(*) from outbox)
  + (select count(*) from job) + (select count(*) from queue_delta)"""

JOBS = "select json_agg(j) from (select kind, due_at, tries, until from job) j"


async def drained(url: str, seconds: float) -> float:
    """Wait until nothing is left to do; how long that took, in seconds."""
    began, left = time.monotonic(), -1
    on = await asyncpg.connect(url)
    try:
        while left := await on.fetchval(LEFT):
            late = time.monotonic() - began >= seconds
            assert not late, (
                f"{left} things left to do after {seconds:.0f} s; jobs: {await on.fetchval(JOBS)}"
            )
            await asyncio.sleep(0.05)
    finally:
        await on.close()
    return time.monotonic() - began


async def lost_and_doubled(on: Connection, acknowledged: Iterable[str]) -> tuple[list[str], list[str]]:
    """The acknowledged mails that are in no story, and those that are in one twice."""
    rows = await on.fetch("select message_id from interaction where direction = 'in'")
    found = [row[0] for row in rows]
    once = set(found)
    return sorted(set(acknowledged) - once), sorted(name for name in once if found.count(name) > 1)


async def check_rows(on: Connection) -> None:
    """Every row agrees with every other; nothing is undelivered."""
    wrong = {what: await on.fetch(f"{statement} limit 5") for what, statement in NOTHING_OF.items()}
    assert {what: rows for what, rows in wrong.items() if rows} == {}
    assert await on.fetch("select signal_id, error from undelivered limit 5") == []
    assert await on.fetch("select kind, error from dead_job limit 5") == []


async def check_events(on: Connection) -> None:
    """Numbered from 1 without a gap, each once."""
    [(count, least, most, ids)] = await on.fetch(
        "select count(distinct seq), min(seq), max(seq), count(distinct id) from event"
    )
    last = await on.fetchval("select last from event_number")
    assert (least, most, count, ids) == (1, last, last, last)


async def check_reconciliation(client: httpx.AsyncClient, accepted: int) -> None:
    """The page that the house shows about itself says the same."""
    rows = (await client.get("/api/reconciliation")).raise_for_status().json()
    assert [row["missing"] + row["pending"] + row["undelivered"] for row in rows] == [0] * len(rows)
    assert sum(row["accepted"] for row in rows) == sum(row["shown"] for row in rows) == accepted
