"""Queue: a reply is on the story at once, and leaves in ten seconds."""

from datetime import timedelta

import msgspec
import pytest

from doorstep import replies
from doorstep.kernel import Address, AddressKind, Invalid, NotFound, TooMuch, new_id
from doorstep.replies import NewReply
from doorstep.replies.queue import JOB, LONGEST, MOST_ADDRESSES
from tests.replies.conftest import ANA, Composer

BEN = Address(AddressKind.MAILBOX, "ben@mail.example")


async def test_it_stands_on_the_story_and_waits_ten_seconds(composer: Composer) -> None:
    reply = await composer.write("It left.", cc=(BEN,))
    assert reply.send_at - composer.clock.now() == timedelta(seconds=10)
    (row,) = await composer.spine.rows(
        "select conversation_id, inbox_id, channel, direction, subject, text, recipients, agent_id, "
        "delivery, send_at, happened_at from interaction where id = $1",
        reply.id,
    )
    assert row == {
        "conversation_id": composer.conversation_id,
        "inbox_id": composer.spine.inbox_id,
        "channel": "memory",
        "direction": "out",
        "subject": "Parcel",
        "text": "It left.",
        "recipients": msgspec.json.encode(((ANA,), (BEN,))),
        "agent_id": composer.me.agent_id,
        "delivery": "queued",
        "send_at": reply.send_at,
        "happened_at": composer.clock.now(),
    }
    (job,) = await composer.spine.rows("select kind, key, due_at, payload from job")
    assert (job["kind"], job["key"], job["due_at"]) == (JOB, str(reply.id), reply.send_at)
    assert msgspec.json.decode(job["payload"]) == str(reply.id)


async def test_it_is_told_and_whoever_answers_first_has_the_conversation(composer: Composer) -> None:
    reply = await composer.write()
    (event,) = await composer.spine.told()
    assert (event["kind"], event["subject_id"], event["actor_id"]) == (
        "reply.queued",
        reply.id,
        composer.me.agent_id,
    )
    row = await composer.row()
    assert (row["agent_id"], row["unread"], row["interactions"], row["version"]) == (
        composer.me.agent_id,
        False,
        2,
        1,
    )
    assert row["last_at"] == composer.clock.now()
    other = msgspec.structs.replace(composer, me=await composer.spine.hire("Leo"))
    await other.write()
    assert (await composer.row())["agent_id"] == composer.me.agent_id


async def test_an_answer_to_it_finds_its_conversation(composer: Composer) -> None:
    await composer.write()
    name = await composer.spine.value("select message_id from interaction where direction = 'out'")
    await composer.spine.take_in(composer.spine.signal(references=(name,), sender="somebody@else.example"))
    assert await composer.spine.value("select count(*) from conversation") == 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (NewReply("", (ANA,)), Invalid),
        (NewReply(" \n\t ", (ANA,)), Invalid),
        (NewReply("Hello", ()), Invalid),
        (NewReply("x" * (LONGEST + 1), (ANA,)), TooMuch),
        (NewReply("Hello", (ANA,) * MOST_ADDRESSES, (BEN,)), TooMuch),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_words(
    composer: Composer, reply: NewReply, error: type[Exception]
) -> None:
    async with composer.spine.db.transaction() as tx:
        with pytest.raises(error):
            await replies.queue_reply(tx, new_id(), reply, composer.to(), composer.me, composer.clock.now())
    assert await composer.spine.value("select count(*) from job") == 0
    assert (await composer.row())["interactions"] == 1


async def test_a_conversation_that_is_not_there_is_not_found(composer: Composer) -> None:
    async with composer.spine.db.transaction() as tx:
        with pytest.raises(NotFound):
            await replies.queue_reply(
                tx, new_id(), NewReply("Hi", (ANA,)), composer.to(new_id()), composer.me, composer.clock.now()
            )
        with pytest.raises(NotFound):
            await replies.write_note(tx, "Hm", composer.to(new_id()), composer.me, composer.clock.now())
