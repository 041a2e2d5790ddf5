"""Deliver: what became of a reply is on the story, and a failure is back on the desk."""

from datetime import timedelta
from uuid import UUID

import pytest

from doorstep import replies
from doorstep.conversations import change
from doorstep.kernel import Conflict, NotFound, new_id
from doorstep.replies import JOB, Reply
from doorstep.routing import waiting
from tests.replies.conftest import Composer


async def delivery(composer: Composer, reply_id: UUID) -> tuple[object, ...]:
    (row,) = await composer.spine.rows(
        "select delivery, delivery_detail from interaction where id = $1", reply_id
    )
    return tuple(row.values())


async def resolve(composer: Composer) -> None:
    version = (await composer.row())["version"]
    async with composer.spine.db.transaction() as tx:
        await change(
            tx,
            composer.conversation_id,
            "resolve",
            version,
            composer.me,
            composer.clock.now(),  # type: ignore[arg-type]
        )


async def fail(composer: Composer, reply: Reply, reason: str = "550 no such mailbox") -> None:
    queued = await composer.to_send(reply)
    async with composer.spine.db.transaction() as tx:
        await replies.failed(tx, queued, reason)


async def counted(composer: Composer) -> int:
    async with composer.spine.db.connection() as on:
        return (await waiting(on))[composer.spine.queue_id]


async def test_what_has_left_has_kept_its_promise(composer: Composer) -> None:
    reply = await composer.write()
    assert (await composer.row())["due_at"] is not None
    queued = await composer.to_send(reply)
    await composer.spine.told()
    async with composer.spine.db.transaction() as tx:
        await replies.sent(tx, queued)
    assert await delivery(composer, reply.id) == ("sent", "")
    assert (await composer.row())["due_at"] is None
    (event,) = await composer.spine.told()
    assert (event["kind"], event["subject_id"]) == ("reply.sent", reply.id)
    async with composer.spine.db.transaction() as tx:
        assert await replies.queued(tx, reply.id) is None


async def test_what_the_customer_said_since_it_was_written_keeps_its_own_promise(composer: Composer) -> None:
    composer.clock.turn(timedelta(seconds=-1))
    reply = await composer.write()
    queued = await composer.to_send(reply)
    token = await composer.spine.token(await composer.spine.value("select id from conversation"))
    (signal_id,) = await composer.spine.take_in(composer.spine.signal(token=token, text="Never mind!"))
    async with composer.spine.db.transaction() as tx:
        await replies.sent(tx, queued)
    received = await composer.spine.value("select received_at from interaction where id = $1", signal_id)
    assert (await composer.row())["due_at"] == received + timedelta(hours=4)  # type: ignore[operator]


async def test_what_failed_is_back_on_the_desk_with_its_reason(composer: Composer) -> None:
    reply = await composer.write()
    await resolve(composer)
    assert await counted(composer) == 0
    await composer.spine.told()
    await fail(composer, reply)
    assert await delivery(composer, reply.id) == ("failed", "550 no such mailbox")
    row = await composer.row()
    assert (row["state"], row["unread"], row["due_at"] is not None) == ("open", True, True)
    assert await counted(composer) == 1
    (event,) = await composer.spine.told()
    assert (event["kind"], event["subject_id"]) == ("reply.failed", reply.id)


async def test_a_failure_in_an_open_conversation_counts_nothing(composer: Composer) -> None:
    await fail(composer, await composer.write())
    assert await counted(composer) == 1


async def test_whatever_the_other_side_says_can_be_kept(composer: Composer) -> None:
    reply = await composer.write()
    await fail(composer, reply, "554 \0\udc80 " + "x" * 1000)
    said = (await delivery(composer, reply.id))[1]
    assert str(said).startswith("554 ? x")
    assert len(str(said)) == 500


async def test_what_is_delayed_stays_queued_and_says_why(composer: Composer) -> None:
    reply = await composer.write()
    queued = await composer.to_send(reply)
    async with composer.spine.db.transaction() as tx:
        await replies.delayed(tx, queued, "451 come back")
    assert await delivery(composer, reply.id) == ("queued", "451 come back")
    assert (await composer.row())["due_at"] is not None


async def test_a_failed_reply_is_sent_once_more_and_only_once(composer: Composer) -> None:
    reply = await composer.write()
    await composer.spine.run("delete from job")
    await fail(composer, reply)
    await composer.spine.told()
    async with composer.spine.db.transaction() as tx:
        again = await replies.retry(tx, reply.id, composer.me, composer.clock.now())
        with pytest.raises(Conflict):
            await replies.retry(tx, reply.id, composer.me, composer.clock.now())
    assert (again.id, again.state, again.send_at) == (reply.id, "queued", composer.clock.now())
    assert await delivery(composer, reply.id) == ("queued", "")
    (job,) = await composer.spine.rows("select kind, key, due_at, tries from job")
    assert tuple(job.values()) == (JOB, str(reply.id), composer.clock.now(), 0)
    assert [event["kind"] for event in await composer.spine.told()] == ["reply.queued"]


async def test_a_retry_while_the_failed_try_still_ends_is_not_lost(composer: Composer) -> None:
    reply = await composer.write()
    await composer.spine.run("update job set owner = gen_random_uuid(), until = now() + interval '1 minute'")
    await fail(composer, reply)
    async with composer.spine.db.transaction() as tx:
        await replies.retry(tx, reply.id, composer.me, composer.clock.now())
    assert await composer.spine.value("select count(*) from job where owner is null") == 1


async def test_what_did_not_fail_or_is_not_there_cannot_be_repeated(composer: Composer) -> None:
    reply = await composer.write()
    async with composer.spine.db.transaction() as tx:
        with pytest.raises(Conflict):
            await replies.retry(tx, reply.id, composer.me, composer.clock.now())
        with pytest.raises(NotFound):
            await replies.retry(tx, new_id(), composer.me, composer.clock.now())
