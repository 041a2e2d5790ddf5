"""Who has a conversation open is known to the others, told when it changes, and over when not said again."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from doorstep.kernel import NotFound, new_id
from doorstep.people import Me, Role
from doorstep.replies.presence import GONE_AFTER, be_here, go, present
from tests.desk_room.conftest import Desk, desk
from tests.desk_room.ears import listening
from tests.replies.conftest import Composer
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]

BEAT = timedelta(seconds=15)


async def beat(composer: Composer, who: Me, is_writing: bool = False) -> list[tuple[str, bool]]:
    """They say that they are here; who is, as they then see it."""
    now = composer.clock.now()
    async with composer.spine.db.transaction() as tx:
        await be_here(tx, composer.conversation_id, is_writing, who, now)
        return [(row.name, row.writing) for row in await present(tx, composer.conversation_id, now)]


async def told(composer: Composer) -> list[object]:
    """Of whom it was told that something changed."""
    events = await composer.spine.told()
    assert {event["kind"] for event in events} <= {"presence.changed"}
    assert all(event["data"] == "{}" and event["actor_id"] is None for event in events)
    return [event["subject_id"] for event in events]


async def test_it_is_told_when_somebody_comes_writes_stops_and_goes(composer: Composer) -> None:
    me, leo = composer.me, await composer.spine.hire("Leo")
    assert len(await beat(composer, me)) == 1
    assert await told(composer) == [me.agent_id]
    assert len(await beat(composer, leo)) == 2
    assert await told(composer) == [leo.agent_id]
    for is_writing in (True, False):
        assert (leo.name, is_writing) in await beat(composer, leo, is_writing)
        assert await told(composer) == [leo.agent_id]
    async with composer.spine.db.transaction() as tx:
        await go(tx, composer.conversation_id, leo)
        await go(tx, composer.conversation_id, leo)
    assert await told(composer) == [leo.agent_id]
    assert await beat(composer, me) == [(me.name, False)]
    assert await told(composer) == []


async def test_who_is_not_heard_of_again_is_gone_and_the_next_notices(composer: Composer) -> None:
    me, leo = composer.me, await composer.spine.hire("Leo")
    await beat(composer, me)
    await beat(composer, leo)
    await told(composer)
    for _ in range(3):
        composer.clock.turn(BEAT)
        await beat(composer, me)
    assert await told(composer) == [leo.agent_id]
    assert await beat(composer, me) == [(me.name, False)]
    composer.clock.turn(GONE_AFTER)
    async with composer.spine.db.connection() as on:
        assert await present(on, composer.conversation_id, composer.clock.now()) == []
    assert len(await beat(composer, me)) == 1
    assert await told(composer) == [me.agent_id]


async def test_many_at_once_are_never_in_each_others_way(composer: Composer) -> None:
    people = [await composer.spine.hire(name) for name in "ABCDEF"]
    for _ in range(4):
        await asyncio.gather(*(beat(composer, who) for who in people * 2))
        assert set(await told(composer)) == {who.agent_id for who in people}
        composer.clock.turn(GONE_AFTER)


async def test_where_there_is_no_conversation_nobody_is(composer: Composer) -> None:
    async with composer.spine.db.transaction() as tx:
        with pytest.raises(NotFound):
            await be_here(tx, new_id(), False, composer.me, composer.clock.now())
    assert await told(composer) == []


async def names(client: httpx.AsyncClient, path: str) -> list[tuple[str, bool]]:
    rows = (await client.get(path)).raise_for_status().json()
    return [(row["name"], row["writing"]) for row in rows]


async def test_colleagues_hear_of_it_by_the_stream_and_the_auditor_only_looks(desk: Desk) -> None:
    signal_id = await desk.come_in(desk.spine.signal())
    found = await desk.spine.value("select conversation_id from interaction where id = $1", signal_id)
    path = f"/api/conversations/{found}/presence"
    async with desk.also("leo@shop.example") as leo, listening(desk.maren) as heard:
        assert (await anext(heard)).event == "hello"
        answered = await leo.post(path, json={"writing": True})
        assert (answered.status_code, answered.json()[0]["name"]) == (200, "Leo")
        async with asyncio.timeout(10):
            while (frame := await anext(heard)).data.get("kind") != "presence.changed":
                pass
        assert frame.data["conversation_id"] == str(found)
        assert frame.data["subject_id"] == answered.json()[0]["agent_id"]
        assert await names(desk.maren, path) == [("Leo", True)]
        async with desk.also("vera@shop.example", Role.AUDITOR) as vera:
            assert await names(vera, path) == [("Leo", True)]
            assert (await vera.post(path, json={})).status_code == 403
            audit = (await vera.get("/api/audit", params={"kind": "presence.changed"})).json()
            assert audit["rows"] == []
        assert (await leo.delete(path)).status_code == 204
        assert await names(desk.maren, path) == []
