"""The view: all we know of a customer, by one statement; and her story, page by page."""

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from doorstep.customers import merge
from doorstep.desk.cursor import cursor
from doorstep.desk.model import CustomerView, StoryEntry, StoryPage
from doorstep.desk.view import Way, story, view, words
from doorstep.kernel import Invalid, NotFound, new_id
from tests.parts import Spine

FILL = Path(__file__).with_name("story.sql").read_text()
IOANNA, NOBODY = (UUID(f"00000000-0000-7000-8000-0000000000{end}") for end in ("c1", "c2"))
KINDS = {"interaction": 200, "order": 100, "payment": 200, "refund": 100, "tracking": 200, "return": 100}


@pytest.fixture
async def full(spine: Spine) -> Spine:
    me = await spine.hire()
    await spine.run(
        FILL.replace(":queue_id", f"'{spine.queue_id}'")
        .replace(":inbox_id", f"'{spine.inbox_id}'")
        .replace(":agent_id", f"'{me.agent_id}'")
    )
    return spine


def entry_place(entry: StoryEntry) -> str:
    return cursor(entry.happened_at, entry.id)


def known(said: Any, understood: Any, where: str = "$") -> None:
    """Whatever the JSON says is understood: no key is left out by the structs."""
    if isinstance(said, dict):
        assert set(said) <= set(understood), f"{where}: {set(said) - set(understood)}"
        for key, value in said.items():
            known(value, understood[key], f"{where}.{key}")
    elif isinstance(said, list):
        assert len(said) == len(understood)
        for number, value in enumerate(said):
            known(value, understood[number], f"{where}[{number}]")
    elif not isinstance(said, str):
        assert said == understood, where


async def page(
    spine: Spine,
    cursor: str | None = None,
    most: int = 50,
    way: Way = "before",
    customer_id: UUID = IOANNA,
) -> StoryPage:
    async with spine.db.connection() as on:
        encoded = await story(on, customer_id, cursor, way, most)
    found = msgspec.json.decode(encoded, type=StoryPage)
    known(json.loads(encoded), msgspec.to_builtins(found))
    return found


async def test_its_json_is_what_the_wire_promises(full: Spine) -> None:
    async with full.db.connection() as on:
        encoded = await view(on, IOANNA)
    found = msgspec.json.decode(encoded, type=CustomerView)
    known(json.loads(encoded), msgspec.to_builtins(found))
    assert (found.customer.name, found.customer.language) == ("Ioanna", "el")
    assert [identity.value for identity in found.identities] == ["ioanna@mail.example"]
    assert (len(found.orders), found.order_count) == (20, 100)
    assert [conversation.matter for conversation in found.conversations] == ["Where is it?"]
    assert found.story == await page(full)


async def test_it_is_one_statement(full: Spine) -> None:
    asked: list[str] = []

    def note(query: asyncpg.connection.LoggedQuery) -> None:
        asked.append(query.query)

    async with full.db.connection() as on:
        await view(on, NOBODY)  # the driver asks once for each connection what the types are
        on.add_query_logger(note)
        await view(on, IOANNA)
        on.remove_query_logger(note)
    assert len(asked) == 1, asked


async def test_somebody_of_whom_we_know_nothing_has_an_empty_view(spine: Spine) -> None:
    await spine.run("insert into customer (id) values ($1)", NOBODY)
    async with spine.db.connection() as on:
        found = msgspec.json.decode(await view(on, NOBODY), type=CustomerView)
    assert (found.identities, found.orders, found.order_count, found.conversations) == ([], [], 0, [])
    assert found.story == StoryPage([], None)


async def test_nobody_is_not_found(spine: Spine) -> None:
    async with spine.db.connection() as on:
        with pytest.raises(NotFound):
            await view(on, new_id())
        with pytest.raises(NotFound):
            await story(on, new_id(), None)


@pytest.mark.parametrize("most", [7, 50, 200])
async def test_a_thousand_entries_each_once_in_order(full: Spine, most: int) -> None:
    entries, before = list[StoryEntry](), None
    while True:
        found = await page(full, before, most)
        assert len(found.entries) <= most
        entries = found.entries + entries
        before = found.before
        if before is None:
            break
    assert len({(entry.kind, entry.id) for entry in entries}) == len(entries) == 1000
    assert Counter(entry.kind for entry in entries) == {**KINDS, "action": 100}
    assert all((a.happened_at, a.id) < (b.happened_at, b.id) for a, b in pairwise(entries))
    assert "Somebody else" not in {entry.text for entry in entries}


@pytest.mark.parametrize("most", [7, 200])
async def test_the_way_forward_is_the_way_back(full: Spine, most: int) -> None:
    newest = await page(full, most=1000)
    first = newest.entries[0]
    onward = [first]
    after: str | None = entry_place(first)
    while after is not None:
        found = await page(full, after, most, "after")
        assert found.before is None
        onward += found.entries
        after = found.after
    assert onward == newest.entries


@pytest.mark.parametrize("at", [0, 1, 499, 998, 999])
async def test_around_an_entry_it_stands_among_its_neighbours(full: Spine, at: int) -> None:
    whole = (await page(full, most=1000)).entries
    found = await page(full, entry_place(whole[at]), 20, "around")
    assert found.entries == whole[max(0, at - 10) : at + 10]
    assert (found.before is None, found.after is None) == (at < 10, at > 990)
    if found.before:
        assert (await page(full, found.before, 5)).entries == whole[at - 15 : at - 10]
    if found.after:
        assert (await page(full, found.after, 5, "after")).entries == whole[at + 10 : at + 15]


async def test_several_records_of_one_person_are_one_story(full: Spine) -> None:
    whole = (await page(full, most=1000)).entries
    await full.run(
        "insert into customer (id, name) select gen_random_uuid(), 'Part ' || n from generate_series(1, 2) n"
    )
    await full.run(
        "with part as (select array_agg(id) as ids from customer where name like 'Part %') "
        "update interaction set customer_id = part.ids[1 + extract(minute from happened_at)::int % 2] "
        "from part where customer_id = $1 and extract(minute from happened_at)::int % 3 > 0",
        IOANNA,
    )
    parts = await full.rows("select id from customer where name like 'Part %' order by id")
    async with full.db.transaction() as tx:
        for part in parts:
            await merge(tx, IOANNA, part["id"], "agent", [], None, datetime.now(UTC))
    for asked in (IOANNA, parts[1]["id"]):
        entries, before = list[StoryEntry](), None
        while True:
            found = await page(full, before, 30, customer_id=asked)
            entries = found.entries + entries
            if (before := found.before) is None:
                break
        assert [(e.kind, e.id) for e in entries] == [(e.kind, e.id) for e in whole]


async def test_every_kind_tells_its_own(full: Spine) -> None:
    entries = {entry.kind: entry for entry in (await page(full, most=1000)).entries}
    assert set(entries) == {*KINDS, "action"}
    assert entries["order"].lines == 1
    assert entries["order"].amount_minor is not None
    assert entries["order"].amount_minor > 9_000_000_000
    assert (entries["payment"].method, entries["refund"].reason) == ("card", "late")
    assert (entries["tracking"].carrier, entries["tracking"].place) == ("Post", "Hamburg")
    assert (entries["return"].reason, entries["action"].agent_name) == ("broken", "Maren")


async def test_words_come_through_as_they_were(full: Spine) -> None:
    entries = [e for e in (await page(full, most=1000)).entries if e.kind == "interaction"]
    texts = {entry.text for entry in entries}
    assert all(f'Text "{n}" \\ \n\t\u2028 ü 🦊' in texts for n in range(1, 201))
    (file, *_) = next(entry.attachments for entry in entries if entry.attachments)
    assert (file.name, file.size) == ('a "name".png', 3_000_000_000)
    senders = {entry.direction: entry.sender.value if entry.sender else None for entry in entries}
    assert senders == {"in": "ioanna@mail.example", "out": None, "note": None}


async def test_a_long_text_says_that_it_goes_on_and_is_there_whole(full: Spine) -> None:
    long = "ü🦊 " * 20_000
    await full.run(
        "update interaction set text = $1 where id = (select min(id::text)::uuid from interaction)", long
    )
    said = [e for e in (await page(full, most=1000)).entries if e.kind == "interaction"]
    (cut,) = [entry for entry in said if entry.is_cut]
    assert cut.text == long[:4_000]
    async with full.db.connection() as on:
        assert (await words(on, cut.id)).text == long
        with pytest.raises(NotFound):
            await words(on, new_id())


async def test_a_foreign_cursor_is_refused(full: Spine) -> None:
    with pytest.raises(Invalid):
        await page(full, "yesterday")
