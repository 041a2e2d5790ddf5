"""Matches: two records look like one person; an agent says that they are not, and is never asked again."""

from uuid import UUID

import pytest

from doorstep.commerce import take
from doorstep.customers import merge, suggest
from doorstep.customers.matches import matches, refuse
from doorstep.customers.unmerge import unmerge
from doorstep.kernel import NotFound, SystemClock
from tests.parts import Spine

DOOR = {"street": "Mill Street", "house_no": "5", "postcode": "10115", "city": "Berlin"}


async def there(spine: Spine, *rows: dict[str, object]) -> list[UUID]:
    async with spine.db.transaction() as tx:
        await take(tx, "customers", "shop", rows)
    found = await spine.rows("select customer_id from shop_customer order by external_id")
    ids = [UUID(str(row["customer_id"])) for row in found]
    async with spine.db.transaction() as tx:
        await suggest(tx, ids)
    return ids


async def test_one_name_at_one_door_is_asked_about_with_its_reasons(spine: Spine) -> None:
    one, other = await there(
        spine,
        {"external_id": "1", "name": "Hans Meier", **DOOR},
        {"external_id": "2", "name": "Hans Meier", **DOOR},
    )
    async with spine.db.connection() as on:
        (found,) = await matches(on, one)
        assert [m.customer_id for m in await matches(on, other)] == [one]
    assert found.customer_id == other
    assert ("exactly the same name", 8.0) in [(r.what, r.weight) for r in found.reasons]
    assert await spine.value("select count(*) from customer_link") == 0


async def test_not_the_same_is_for_good(spine: Spine) -> None:
    rows = (
        {"external_id": "1", "name": "Hans Meier", **DOOR},
        {"external_id": "2", "name": "Hans Meier", **DOOR},
    )
    one, other = await there(spine, *rows)
    me = await spine.hire()
    async with spine.db.transaction() as tx:
        await refuse(tx, other, one, me, SystemClock().now())
        await suggest(tx, [one, other])
        assert await matches(tx, one) == []
    with pytest.raises(NotFound):
        async with spine.db.transaction() as tx:
            await refuse(tx, other, one, me, SystemClock().now())


async def test_one_birth_and_one_name_are_linked_and_shown_as_one(spine: Spine) -> None:
    one, other = await there(
        spine,
        {"external_id": "1", "name": "Hans Meier", "birth_date": "1960-03-04"},
        {"external_id": "2", "name": "Meier, Hans", "birth_date": "1960-03-04", "mailbox": "hm@mail.example"},
    )
    shown = await spine.rows(
        "select coalesce(stands_for, id) as lead from customer where id = any($1)", [one, other]
    )
    assert len({row["lead"] for row in shown}) == 1
    assert await spine.value("select evidence from customer_link") == "matched"


async def test_a_father_and_a_son_keep_a_third_record_a_question(spine: Spine) -> None:
    same = {"name": "Hans Meier", "mailbox": "meier@mail.example", **DOOR}
    await there(
        spine,
        {"external_id": "1", "birth_date": "1950-03-04", **same},
        {"external_id": "2", "birth_date": "1981-07-08", **same},
    )
    assert await spine.value("select count(*) from customer") == 2
    assert await spine.value("select count(*) from customer_link") == 0


async def test_somebody_else_is_not_asked_about_again_by_another_record(spine: Spine) -> None:
    row = {"name": "Hans Meier", **DOOR}
    one, other, third = await there(spine, *({"external_id": number, **row} for number in ("1", "2", "3")))
    me = await spine.hire()
    async with spine.db.transaction() as tx:
        assert {m.customer_id for m in await matches(tx, one)} == {other, third}
        await refuse(tx, one, other, me, SystemClock().now())
        await merge(tx, one, third, "agent", [], me, SystemClock().now())
        assert await matches(tx, one) == await matches(tx, third) == await matches(tx, other) == []


async def test_a_merge_that_was_taken_back_is_not_made_again(spine: Spine) -> None:
    row = {"name": "Hans Meier", "birth_date": "1960-03-04"}
    one, other = await there(spine, *({"external_id": number, **row} for number in ("1", "2")))
    me = await spine.hire()
    link_id = await spine.value("select id from customer_link")
    async with spine.db.transaction() as tx:
        await unmerge(tx, link_id, {}, me, SystemClock().now())
        await suggest(tx, [one, other])
    assert await spine.value("select count(*) from customer_link where ended_at is null") == 0
    assert await spine.value("select count(*) from customer where stands_for is not null") == 0
