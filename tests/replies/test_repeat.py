"""Repeat: the answer was lost and the desk sends again; one reply stands, and one message leaves."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from doorstep.kernel import Conflict, Invalid, new_id
from doorstep.replies import JOB, NewReply, Reply
from doorstep.spine.outbound import Sending, answer
from doorstep.store.jobs import JobWorker
from doorstep.testing import MemoryChannel
from tests.parts import until
from tests.replies.conftest import ANA, Composer


async def send(composer: Composer, reply: NewReply, conversation_id: UUID | None = None) -> Reply:
    """As its route does, in a transaction of its own."""
    where = conversation_id or composer.conversation_id
    async with composer.spine.db.transaction() as tx:
        return await answer(tx, {"memory": MemoryChannel()}, where, reply, composer.me, composer.clock.now())


async def leave(composer: Composer) -> MemoryChannel:
    """Until nothing waits any more; returns where it went."""
    spine, channel = composer.spine, MemoryChannel()
    composer.clock.turn(timedelta(minutes=1))
    sending = Sending(spine.db, spine.bus, {"memory": channel}, spine.edge)
    worker = JobWorker(spine.db, spine.bus, {JOB: sending}, clock=composer.clock)
    working = asyncio.create_task(worker.run())
    await until(lambda: _all_left(composer))
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    return channel


async def _all_left(composer: Composer) -> bool:
    return await composer.spine.value("select count(*) from job") == 0


async def test_sent_again_it_is_the_same_reply(composer: Composer) -> None:
    reply = NewReply("On its way.", id=new_id())
    first = await send(composer, reply)
    assert first.id == reply.id
    assert await send(composer, reply) == first
    channel = await leave(composer)
    assert [sent.text for sent in channel.sent] == ["On its way."]
    assert await send(composer, reply) == msgspec.structs.replace(first, state="sent")
    assert (await leave(composer)).sent == []
    assert (await composer.row())["interactions"] == 2
    assert [event["kind"] for event in await composer.spine.told()] == ["reply.queued", "reply.sent"]


async def test_of_many_at_the_same_moment_one_is_queued(composer: Composer) -> None:
    replies = [NewReply(f"{n}", id=new_id()) for n in range(10)]
    answers = await asyncio.gather(*(send(composer, reply) for reply in replies * 4))
    assert len({(one.id, one.send_at) for one in answers}) == len(replies)
    channel = await leave(composer)
    assert sorted(sent.text for sent in channel.sent) == [f"{n}" for n in range(10)]
    assert (await composer.row())["interactions"] == 1 + len(replies)


async def test_it_is_known_again_though_others_have_written_meanwhile(composer: Composer) -> None:
    reply = NewReply("On its way.", id=new_id())
    first = await send(composer, reply)
    token = await composer.spine.token(await composer.spine.value("select id from conversation"))
    await composer.spine.take_in(composer.spine.signal("leo@mail.example", token=token, subject="Re: it"))
    assert await send(composer, reply) == first


@pytest.mark.parametrize("changed", [{"text": "Not yet."}, {"subject": "Other"}, {"to": (ANA,)}])
async def test_other_words_under_its_id_are_refused(composer: Composer, changed: dict[str, object]) -> None:
    reply = NewReply("On its way.", id=new_id())
    await send(composer, reply)
    with pytest.raises(Conflict, match="Look at the story"):
        await send(composer, msgspec.structs.replace(reply, **changed))
    assert [sent.text for sent in (await leave(composer)).sent] == ["On its way."]


async def test_somebody_elses_id_is_refused(composer: Composer) -> None:
    reply = NewReply("On its way.", id=new_id())
    await send(composer, reply)
    said = await composer.spine.value("select id from interaction where direction = 'in'")
    elsewhere = await composer.spine.opened(subject="Another", sender="ben@mail.example")
    leo = msgspec.structs.replace(composer, me=await composer.spine.hire("Leo"))
    with pytest.raises(Conflict):
        await send(composer, reply, elsewhere)
    with pytest.raises(Conflict):
        await send(leo, reply)
    with pytest.raises(Conflict):
        await send(composer, NewReply("Where is it?", id=said))  # type: ignore[arg-type]
    assert await composer.spine.value("select count(*) from interaction where direction = 'out'") == 1


async def test_of_two_with_one_id_at_the_same_moment_the_second_is_told(composer: Composer) -> None:
    elsewhere = await composer.spine.opened(subject="Another", sender="ben@mail.example")
    for _ in range(5):
        reply = NewReply("On its way.", id=new_id())
        both = await asyncio.gather(
            send(composer, reply), send(composer, reply, elsewhere), return_exceptions=True
        )
        assert sorted(type(one) for one in both if not isinstance(one, Reply)) == [Conflict]


async def test_an_id_of_another_kind_is_refused(composer: Composer) -> None:
    with pytest.raises(Invalid, match="UUIDv7"):
        await send(composer, NewReply("On its way.", id=uuid4()))
