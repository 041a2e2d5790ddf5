"""Merge, and the way back: two records are shown as one person, and stand apart again."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from doorstep.customers import members, merge
from doorstep.customers.preview import links_of, preview
from doorstep.customers.unmerge import unmerge
from doorstep.desk.queue import queue
from doorstep.desk.search import search
from doorstep.desk.view import view
from doorstep.kernel import Invalid, NotFound, new_id
from doorstep.people import Me
from tests.parts import Spine

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def customer(spine: Spine, sender: str) -> UUID:
    found = await spine.value("select customer_id from identity where value = $1", sender)
    return UUID(str(found))


async def people(spine: Spine, *senders: str) -> list[UUID]:
    for sender in senders:
        await spine.take_in(spine.signal(sender, subject=f"From {sender}", message_id=f"<{sender}>"))
    return [await customer(spine, sender) for sender in senders]


async def merged(spine: Spine, one: UUID, other: UUID, me: Me | None = None, why: str = "") -> UUID:
    async with spine.db.transaction() as tx:
        return await merge(tx, one, other, "agent", [], me, datetime.now(UTC), why)


async def taken_apart(spine: Spine, link_id: UUID, me: Me | None = None) -> None:
    async with spine.db.transaction() as tx:
        await unmerge(tx, link_id, {}, me, datetime.now(UTC))


async def test_two_records_are_shown_as_one_person_everywhere(spine: Spine) -> None:
    me = await spine.hire()
    ana, anna = await people(spine, "ana@mail.example", "anna@work.example")
    link_id = await merged(spine, ana, anna, me, "She says so on the phone.")
    async with spine.db.connection() as on:
        assert await members(on, anna) == [ana, anna]
        shown = msgspec.json.decode(await view(on, anna))
        assert shown["customer"]["id"] == str(ana)
        assert [i["value"] for i in shown["identities"]] == ["ana@mail.example", "anna@work.example"]
        assert len(shown["conversations"]) == 2
        assert [e["subject"] for e in shown["story"]["entries"]] == [
            "From ana@mail.example",
            "From anna@work.example",
        ]
        rows = (await queue(on, me.agent_id, "all", "open", None, 50)).rows
        assert {(r.customer_id, r.customer_name) for r in rows} == {(ana, "Ana")}
        found = await search(on, "anna@work.example")
        assert [(c.id, c.name) for c in found.customers] == [(ana, "Ana")]
        (link,) = await links_of(on, anna)
    assert (link.id, link.one_name, link.other_name, link.by_name, link.why) == (
        link_id,
        "Ana",
        "Anna",
        "Maren",
        "She says so on the phone.",
    )


async def test_the_event_says_who_and_never_why(spine: Spine) -> None:
    me = await spine.hire()
    ana, anna = await people(spine, "ana@mail.example", "anna@work.example")
    await spine.told()
    link_id = await merged(spine, ana, anna, me, "She says so.")
    (event,) = await spine.told()
    assert (event["kind"], event["subject_id"], event["actor_id"]) == (
        "customer.merged",
        link_id,
        me.agent_id,
    )
    assert "She says" not in str(event["data"])


async def test_merging_twice_is_as_merging_once(spine: Spine) -> None:
    ana, anna = await people(spine, "ana@mail.example", "anna@work.example")
    first = await merged(spine, ana, anna)
    assert await merged(spine, anna, ana) == first
    assert await spine.value("select count(*) from customer_link") == 1


async def test_nobody_is_merged_with_themselves_or_with_nobody(spine: Spine) -> None:
    (ana,) = await people(spine, "ana@mail.example")
    with pytest.raises(Invalid, match="itself"):
        await merged(spine, ana, ana)
    with pytest.raises(NotFound):
        await merged(spine, ana, new_id())


async def test_a_chain_of_three_comes_apart_in_the_middle(spine: Spine) -> None:
    a, b, c = await people(spine, "a@mail.example", "b@mail.example", "c@mail.example")
    middle = await merged(spine, a, b)
    await merged(spine, b, c)
    async with spine.db.connection() as on:
        assert await members(on, c) == [a, *sorted([b, c])]
    await taken_apart(spine, middle)
    async with spine.db.connection() as on:
        assert await members(on, a) == [a]
        assert await members(on, c) == [b, c]


async def test_who_leads_is_who_would_lead_without_what_was_taken_back(spine: Spine) -> None:
    a, b, c = await people(spine, "a@mail.example", "b@mail.example", "c@mail.example")
    await merged(spine, a, b)
    last = await merged(spine, c, b)
    async with spine.db.connection() as on:
        assert (await members(on, a))[0] == c
    await taken_apart(spine, last)
    async with spine.db.connection() as on:
        assert await members(on, b) == [a, b]
    await taken_apart(spine, last)


async def test_two_agents_at_once_make_one_person(spine: Spine) -> None:
    a, b, c = await people(spine, "a@mail.example", "b@mail.example", "c@mail.example")
    await asyncio.gather(merged(spine, a, b), merged(spine, b, c), merged(spine, c, a), merged(spine, b, a))
    assert await spine.value("select count(*) from customer_link") == 2
    assert await spine.value("select count(*) from customer where stands_for is null") == 1


async def test_a_preview_says_what_would_be_one(spine: Spine) -> None:
    ana, anna = await people(spine, "ana@mail.example", "anna@work.example")
    async with spine.db.connection() as on:
        found = await preview(on, ana, anna)
    assert (found.one.name, found.other.name, found.is_one) == ("Ana", "Anna", False)
    assert [i.value for i in found.other.identities] == ["anna@work.example"]
    assert (found.one.open_conversations, found.other.conversations, found.other.orders) == (1, 1, 0)
    assert [(d.field, d.one, d.other) for d in found.differences] == [("name", "Ana", "Anna")]
