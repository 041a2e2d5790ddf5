"""A mailbox full of mail is taken over, with `kill -9` in between: all there, once, in order."""

import asyncio
import itertools
import os
import time
from email.message import EmailMessage
from pathlib import Path

import asyncpg
import pytest

from tests.kills.count import check_events, check_reconciliation, check_rows, drained, lost_and_doubled
from tests.kills.load import Load, Writer
from tests.kills.mailbox import Ours, Written, with_repeats, write
from tests.kills.process import INBOX, Serve, serving, signed_in
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.sink import sink

USER = "care"
ANSWERED = 20
"""Conversations that we had answered before the mailbox was connected."""
PATIENCE = 60.0
"""Seconds for the next mail: the claims and the lease of the one killed run out in between."""
STORY = """
select i.message_id, i.conversation_id,
  (select min(seq) from event where kind = 'signal.shown' and subject_id = i.id)
from interaction i where i.direction = 'in' order by i.id"""


async def takes_a_mailbox_over(
    folder: Path, url: str, count: int, people: int, kills: int, seed: int
) -> None:
    """So many mails, so many kills while they are taken over, and the count."""
    print(f"\nseed {seed}")
    async with (
        dovecot(folder) as box,
        sink() as outside,
        serving(
            folder, {"host": outside.host, "port": outside.port, "security": "none"}, database_url=url
        ) as node,
    ):
        on = await asyncpg.connect(url)
        try:
            ours = await answered(node, on)
            written = write(count, people, ours, seed)
            await asyncio.to_thread(box.put, USER, with_repeats(written, seed))
            await connect(node, box)
            took = await taken_over(node, on, len(ours), count, kills)
            drain = await drained(url, 90)
            await check(node, on, ours, written)
        finally:
            await on.close()
        assert all(await asyncio.to_thread(box.flags, USER))
    replies = sum(mail.root != mail.name for mail in written)
    print(
        f"{count} mails of {people} people, {replies} of them replies, {kills} kills: taken over in "
        f"{took:.1f} s ({count / took:.0f} a second, the kills included), shown {drain:.1f} s later"
    )


async def answered(node: Serve, on: "asyncpg.Connection[asyncpg.Record]") -> list[Ours]:
    """Some customers write by our own door, and we answer: their next mails will name our answers."""
    writer = Writer(Load(node.door, 1), "first")
    for person in range(ANSWERED):
        mail = EmailMessage()
        mail["From"], mail["To"] = f"person{person}@mail.example", INBOX
        mail["Message-ID"], mail["Subject"] = f"<first.{person}@mail.example>", "My order"
        mail.set_content("Where is it?")
        await writer.deliver(mail)
    await drained(node.database_url, 60)
    rows = await on.fetch("select conversation_id, message_id from interaction order by id")
    async with signed_in(node) as client:
        for conversation_id, _ in rows:
            answer = await client.post(
                f"/api/conversations/{conversation_id}/replies", json={"text": "Here."}
            )
            assert answer.status_code == 201, answer.text
    names = dict(
        await on.fetch("select conversation_id, message_id from interaction where direction = 'out'")
    )
    people = {f"<first.{person}@mail.example>": person for person in range(ANSWERED)}
    return [Ours(names[conversation], people[root], root) for conversation, root in rows]


async def connect(node: Serve, box: Dovecot) -> None:
    """The administrator gives the inbox its mailbox."""
    settings = {
        "imap_host": box.host,
        "imap_port": box.port,
        "imap_security": "none",
        "imap_username": USER,
        "imap_password": PASSWORD,
    }
    async with signed_in(node) as client:
        [inbox] = (await client.get("/api/inboxes")).json()
        answer = await client.patch(f"/api/inboxes/{inbox['id']}", json=settings)
        assert answer.status_code == 204, answer.text


async def taken_over(
    node: Serve, on: "asyncpg.Connection[asyncpg.Record]", before: int, count: int, kills: int
) -> float:
    """Wait until all are accepted, killing now and then; in seconds."""
    began, stops = time.monotonic(), [count * (n + 1) // (kills + 1) for n in range(kills)]
    for stop in stops:
        at = await accepted(node, on, before + stop)
        node.kill()
        print(f"killed with {at - before} of {count} accepted")
        await node.start("live")
    await accepted(node, on, before + count)
    return time.monotonic() - began


async def accepted(node: Serve, on: "asyncpg.Connection[asyncpg.Record]", enough: int) -> int:
    """Wait until so many are in the journal; how many there are then."""
    last, since = 0, time.monotonic()
    while (now := await on.fetchval("select count(*) from seen")) < enough:
        if now > last:
            last, since = now, time.monotonic()
        assert time.monotonic() - since < PATIENCE, f"{now} of {enough} accepted\n{node.said()}"
        await asyncio.sleep(0.02)
    return int(now)


async def check(
    node: Serve, on: "asyncpg.Connection[asyncpg.Record]", ours: list[Ours], written: list[Written]
) -> None:
    """All there, once, in order, each in its conversation."""
    assert await lost_and_doubled(on, [mail.name for mail in written]) == ([], [])
    await check_rows(on)
    await check_events(on)
    rows = await on.fetch(STORY)
    conversations = {name: conversation for name, conversation, _ in rows}
    wrong = [mail.name for mail in written if conversations[mail.name] != conversations[mail.root]]
    assert wrong == [], f"{len(wrong)} in a wrong conversation"
    begun = {mail.root for mail in written} | {mine.root for mine in ours}
    assert len(set(conversations.values())) == len(begun)
    assert [name for name, _, _ in rows][len(ours) :] == [mail.name for mail in written], "not in order"
    for mails in by_person(written).values():
        shown = {name: seq for name, _, seq in rows}
        assert all(shown[a] < shown[b] for a, b in itertools.pairwise(mails)), "not shown in order"
    async with signed_in(node) as client:
        await check_reconciliation(client, len(written) + len(ours))


def by_person(written: list[Written]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for mail in written:
        found.setdefault(mail.person, []).append(mail.name)
    return found


def seed() -> int:
    return int(os.environ.get("DOORSTEP_TEST_SEED", time.time_ns() % 1_000_000))


async def test_500_mails_and_a_kill(tmp_path: Path, database_url: str) -> None:
    await takes_a_mailbox_over(tmp_path, database_url, 500, 60, 1, seed())


@pytest.mark.soak
async def test_5000_mails_and_three_kills(tmp_path: Path, database_url: str) -> None:
    await takes_a_mailbox_over(tmp_path, database_url, 5000, 500, 3, seed())
