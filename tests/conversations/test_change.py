"""Change: a state, a record of who did it, an event, and the queue's count."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from doorstep.conversations import change, look, read
from doorstep.conversations.change import CHANGES, Verb, undo
from doorstep.conversations.model import Changed
from doorstep.kernel import Conflict, NotFound, new_id
from doorstep.people import Me
from doorstep.routing import fold_counts, waiting
from tests.parts import Spine

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def do(spine: Spine, conversation_id: UUID, verb: Verb, me: Me, version: int | None = None) -> Changed:
    if version is None:
        version = int(
            str(await spine.value("select version from conversation where id = $1", conversation_id))
        )
    async with spine.db.transaction() as tx:
        return await change(tx, conversation_id, verb, version, me, NOON)


async def counted(spine: Spine) -> int:
    async with spine.db.connection() as on:
        return (await waiting(on))[spine.queue_id]


@pytest.mark.parametrize(
    ("verb", "before", "after", "told"),
    [
        ("resolve", "open", "resolved", "resolved"),
        ("resolve", "waiting", "resolved", "resolved"),
        ("reopen", "resolved", "open", "reopened"),
        ("reopen", "waiting", "open", "reopened"),
        ("wait", "open", "waiting", "waits"),
        ("take", "open", "open", "took"),
        ("release", "open", "open", "released"),
        ("take", "resolved", "resolved", "took"),
    ],
)
async def test_each_verb_leads_where_it_says_and_tells_it(
    spine: Spine, verb: Verb, before: str, after: str, told: str
) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    if before != "open":
        await do(spine, conversation_id, "resolve" if before == "resolved" else "wait", me)
    await spine.told()
    await spine.run("delete from action")
    changed = await do(spine, conversation_id, verb, me)
    assert (changed.was, changed.is_now) == (before, after)
    assert await spine.rows(
        "select agent_id, conversation_id, customer_id, verb, happened_at from action"
    ) == [
        {
            "agent_id": me.agent_id,
            "conversation_id": conversation_id,
            "customer_id": changed.customer_id,
            "verb": told,
            "happened_at": NOON,
        }
    ]
    assert await spine.told() == [
        {
            "kind": f"conversation.{told}",
            "customer_id": changed.customer_id,
            "conversation_id": conversation_id,
            "subject_id": conversation_id,
            "actor_id": me.agent_id,
            "data": "{}",
        }
    ]
    assert await counted(spine) == (after == "open")


async def test_taking_gives_it_to_me_and_releasing_to_nobody(spine: Spine) -> None:
    maren, leo, conversation_id = await spine.hire(), await spine.hire("Leo"), await spine.opened()
    for verb, me, agent_id in (
        ("take", maren, maren.agent_id),
        ("resolve", leo, maren.agent_id),
        ("take", leo, leo.agent_id),
        ("release", maren, None),
    ):
        await do(spine, conversation_id, verb, me)  # type: ignore[arg-type]
        assert await spine.value("select agent_id from conversation") == agent_id


async def test_a_promise_lasts_while_it_is_open(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await do(spine, conversation_id, "take", me)
    assert await spine.value("select due_at is not null from conversation")
    await do(spine, conversation_id, "wait", me)
    assert await spine.value("select due_at is null from conversation")


async def due(spine: Spine) -> object:
    return await spine.value("select due_at from conversation")


async def test_opened_again_it_has_a_promise_if_the_last_word_is_the_customers(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await spine.run("update inbox set reply_within = interval '3 hours'")
    for verb in ("resolve", "wait"):
        await do(spine, conversation_id, verb, me)  # type: ignore[arg-type]
        assert await due(spine) is None
        await do(spine, conversation_id, "reopen", me)
        assert await due(spine) == NOON + timedelta(hours=3)
    await spine.run("update conversation set due_at = $1", NOON + timedelta(hours=1))
    await do(spine, conversation_id, "reopen", me)
    assert await due(spine) == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("direction", "kind"), [("out", "message"), ("note", "message"), ("in", "auto-reply")]
)
async def test_what_was_answered_has_no_promise_when_it_is_opened_again(
    spine: Spine, direction: str, kind: str
) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await spine.run(
        "insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, "
        "happened_at, received_at, text) select gen_random_uuid(), customer_id, conversation_id, inbox_id, "
        "channel, $1, $2, happened_at + interval '1 minute', received_at, 'x' from interaction",
        *(direction, kind),
    )
    await do(spine, conversation_id, "resolve", me)
    await do(spine, conversation_id, "reopen", me)
    assert (await due(spine) is None) == (direction == "out")


async def test_whoever_comes_second_is_told_and_nothing_is_overwritten(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await do(spine, conversation_id, "resolve", me, version=0)
    with pytest.raises(Conflict):
        await do(spine, conversation_id, "wait", me, version=0)
    assert await spine.value("select state from conversation") == "resolved"
    assert await spine.value("select count(*) from action") == 1


async def test_of_ten_at_once_one_wins(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    done = await asyncio.gather(
        *(do(spine, conversation_id, "resolve", me, version=0) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(one, Changed) for one in done) == 1
    assert sum(isinstance(one, Conflict) for one in done) == 9
    assert await counted(spine) == 0


async def test_what_is_not_there_cannot_be_changed_or_read(spine: Spine) -> None:
    me = await spine.hire()
    with pytest.raises(NotFound):
        await do(spine, new_id(), "resolve", me, version=0)
    async with spine.db.transaction() as tx:
        with pytest.raises(NotFound):
            await read(tx, new_id(), me)


async def test_read_once_it_is_read_and_tells_it_once(spine: Spine) -> None:
    me, conversation_id = await spine.hire(), await spine.opened()
    await spine.told()
    for expected in (True, False):
        async with spine.db.transaction() as tx:
            assert await read(tx, conversation_id, me) is expected
    (event,) = await spine.told()
    assert (event["kind"], event["actor_id"]) == ("conversation.read", me.agent_id)
    async with spine.db.connection() as on:
        found = await look(on, conversation_id)
    assert (found.unread, found.version) == (False, 0)


async def test_the_count_is_the_truth_after_any_verbs(spine: Spine) -> None:
    me = await spine.hire()
    ids = [await spine.opened() for _ in range(4)]
    for step, verb in enumerate([*CHANGES, *reversed(CHANGES), *CHANGES]):
        await do(spine, ids[step % 4], verb, me)
        await do(spine, ids[step * 7 % 4], "wait" if step % 3 else "reopen", me)
        truth = await spine.value("select count(*) from conversation where state = 'open'")
        assert await counted(spine) == truth
        async with spine.db.transaction() as tx:
            await fold_counts(tx)
        assert await counted(spine) == truth


async def stands(spine: Spine) -> list[dict[str, object]]:
    return await spine.rows("select state, agent_id, unread, last_at, due_at from conversation")


@pytest.mark.parametrize("verb", ["resolve", "wait", "take", "release", "reopen"])
async def test_undo_restores_exactly_what_was(spine: Spine, verb: Verb) -> None:
    maren, leo, conversation_id = await spine.hire(), await spine.hire("Leo"), await spine.opened()
    await do(spine, conversation_id, "take", leo)
    if verb == "reopen":
        await do(spine, conversation_id, "resolve", leo)
    before, waited = await stands(spine), await counted(spine)
    await do(spine, conversation_id, verb, maren)
    async with spine.db.transaction() as tx:
        await read(tx, conversation_id, maren)
    await spine.told()
    version = int(str(await spine.value("select version from conversation")))
    async with spine.db.transaction() as tx:
        await undo(tx, conversation_id, version, maren, NOON)
    assert await stands(spine) == before
    assert await counted(spine) == waited
    assert [event["kind"] for event in await spine.told()] == ["conversation.undone"]
    assert await spine.value("select verb from action order by id desc limit 1") == "undone"


@pytest.mark.parametrize("meanwhile", ["a message", "another change", "nothing, but twice"])
async def test_undo_is_refused_when_something_happened_since(spine: Spine, meanwhile: str) -> None:
    me, conversation_id = await spine.hire(), await spine.opened(message_id="<a@x>")
    await do(spine, conversation_id, "resolve", me)
    if meanwhile == "a message":
        await spine.take_in(spine.signal(references=("<a@x>",)))
    elif meanwhile == "another change":
        await do(spine, conversation_id, "take", me)
    before = await stands(spine)
    versions = (2, 2) if meanwhile == "another change" else (1, 1)
    if meanwhile != "a message":
        async with spine.db.transaction() as tx:
            await undo(tx, conversation_id, versions[0], me, NOON)
        before = await stands(spine)
    for version in (versions[0], versions[0] + 1):
        with pytest.raises(Conflict, match="since"):
            async with spine.db.transaction() as tx:
                await undo(tx, conversation_id, version, me, NOON)
    assert await stands(spine) == before


async def test_what_is_not_there_cannot_be_undone(spine: Spine) -> None:
    me = await spine.hire()
    with pytest.raises(NotFound):
        async with spine.db.transaction() as tx:
            await undo(tx, new_id(), 0, me, NOON)
