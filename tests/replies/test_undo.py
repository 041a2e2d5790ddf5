"""Undo: taken back before it has left, or not at all."""

import asyncio

import pytest

from doorstep import replies
from doorstep.kernel import Conflict, NotFound, new_id
from doorstep.replies import JOB, NewReply, Reply
from doorstep.spine import Sending
from doorstep.store.jobs import JobWorker
from doorstep.testing import MemoryChannel
from tests.parts import until
from tests.replies.conftest import ANA, Composer


async def undo(composer: Composer, reply: Reply) -> NewReply:
    async with composer.spine.db.transaction() as tx:
        return await replies.undo(tx, reply.id, composer.me, composer.clock.now())


async def test_the_words_come_back_and_nothing_is_left(composer: Composer) -> None:
    reply = await composer.write("On its way.")
    await composer.spine.told()
    assert await undo(composer, reply) == NewReply("On its way.", (ANA,), (), "Parcel", sign=False)
    assert await composer.spine.value("select count(*) from interaction where direction = 'out'") == 0
    assert await composer.spine.value("select count(*) from job") == 0
    assert (await composer.row())["interactions"] == 1
    (event,) = await composer.spine.told()
    assert (event["kind"], event["subject_id"], event["actor_id"]) == (
        "reply.undone",
        reply.id,
        composer.me.agent_id,
    )


async def test_after_it_has_left_it_cannot_be_taken_back(composer: Composer) -> None:
    reply = await composer.write()
    queued = await composer.to_send(reply)
    async with composer.spine.db.transaction() as tx:
        await replies.sent(tx, queued)
    with pytest.raises(Conflict):
        await undo(composer, reply)
    assert await composer.spine.value("select delivery from interaction where id = $1", reply.id) == "sent"


async def test_what_was_undone_or_never_was_is_not_found(composer: Composer) -> None:
    reply = await composer.write()
    await undo(composer, reply)
    with pytest.raises(NotFound):
        await undo(composer, reply)
    with pytest.raises(NotFound):
        await undo(composer, Reply(new_id(), composer.conversation_id, composer.clock.now(), "queued"))


async def test_what_a_customer_said_is_no_reply_to_take_back(composer: Composer) -> None:
    said = await composer.spine.value("select id from interaction")
    with pytest.raises(NotFound):
        await undo(composer, Reply(said, composer.conversation_id, composer.clock.now(), "queued"))  # type: ignore[arg-type]


async def test_of_undo_and_send_exactly_one_wins(composer: Composer) -> None:
    spine, channel = composer.spine, MemoryChannel()
    sending = Sending(spine.db, spine.bus, {"memory": channel}, spine.edge)
    written = [await composer.write(f"{n}") for n in range(40)]
    composer.clock.turn(written[0].send_at - composer.clock.now())
    worker = JobWorker(spine.db, spine.bus, {JOB: sending}, clock=composer.clock)
    working = asyncio.create_task(worker.run())
    undone = await asyncio.gather(
        *(undo(composer, reply) for reply in reversed(written)), return_exceptions=True
    )
    await until(lambda: _all_settled(composer))
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    back = {one.text for one in undone if isinstance(one, NewReply)}
    left = [one.text for one in channel.sent]
    assert all(isinstance(one, (NewReply, Conflict)) for one in undone), undone
    assert len(left) == len(set(left))
    assert back.isdisjoint(left)
    assert back | set(left) == {f"{n}" for n in range(40)}
    assert back
    assert left
    assert (await composer.row())["interactions"] == 1 + len(left)


async def _all_settled(composer: Composer) -> bool:
    return await composer.spine.value("select count(*) from job") == 0


async def test_the_conversation_stands_as_before(composer: Composer) -> None:
    before = await composer.row()
    reply = await composer.write()
    assert (await composer.row())["agent_id"] == composer.me.agent_id
    await undo(composer, reply)
    after = await composer.row()
    assert {**after, "version": 0} == {**before, "version": 0}
    assert after["unread"] is True


async def test_after_something_else_happened_only_the_words_come_back(composer: Composer) -> None:
    reply = await composer.write("First.")
    await composer.write("Second.")
    before = await composer.row()
    assert (await undo(composer, reply)).text == "First."
    after = await composer.row()
    assert (after["agent_id"], after["unread"], after["last_at"]) == (
        before["agent_id"],
        before["unread"],
        before["last_at"],
    )
    assert after["interactions"] == 2
