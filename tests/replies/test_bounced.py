"""Bounced: what came back is said at the reply, at the address, and on the desk."""

from doorstep.kernel import Address, AddressKind, Kind, Returned
from tests.replies.conftest import Composer

DAEMON = "mailer-daemon@mail.example"
WHY = "550 5.1.1 Nobody of that name lives here"


async def sent(composer: Composer) -> str:
    """A reply that has left; returns its name."""
    await composer.write()
    name = await composer.spine.value("select message_id from interaction where direction = 'out'")
    await composer.spine.run("update interaction set delivery = 'sent' where direction = 'out'")
    await composer.spine.run("update conversation set state = 'resolved', unread = false, due_at = null")
    return str(name)


async def come_back(composer: Composer, returned: Returned, **more: object) -> None:
    """A mail system tells of it."""
    mail = composer.spine.signal(DAEMON, kind=Kind.BOUNCE, returned=returned, text="Sorry.", **more)
    await composer.spine.take_in(mail)


async def test_the_reply_says_that_it_came_back_and_its_conversation_wakes(composer: Composer) -> None:
    name = await sent(composer)
    await composer.spine.told()
    returned = Returned("ioanna@mail.example", (name,), detail=WHY)
    await come_back(composer, returned, references=(name,))
    [row] = await composer.spine.rows(
        "select delivery, delivery_detail from interaction where direction = 'out'"
    )
    assert tuple(row.values()) == ("bounced", f"ioanna@mail.example: {WHY}")
    assert [(await composer.row())[k] for k in ("state", "unread", "interactions")] == ["open", True, 3]
    assert {event["kind"] for event in await composer.spine.told()} == {"signal.shown", "reply.bounced"}
    [identity] = await composer.spine.rows("select value, unreachable_why from identity")
    assert tuple(identity.values()) == ("ioanna@mail.example", WHY), "the mail system is nobody's customer"


async def test_what_is_only_late_stays_sent_and_the_address_good(composer: Composer) -> None:
    name = await sent(composer)
    returned = Returned("ioanna@mail.example", (name,), is_final=False, detail="451 greylisted")
    await come_back(composer, returned, references=(name,))
    [row] = await composer.spine.rows(
        "select delivery, delivery_detail from interaction where direction = 'out'"
    )
    assert row["delivery"] == "sent"
    assert str(row["delivery_detail"]).startswith("Late, still being tried: ioanna@mail.example")
    assert await composer.spine.value("select unreachable_at from identity") is None


async def test_one_that_does_not_say_what_came_back_goes_to_the_last_matter_of_whom_it_missed(
    composer: Composer,
) -> None:
    await sent(composer)
    await come_back(composer, Returned("ioanna@mail.example", detail=WHY))
    assert await composer.spine.value("select count(*) from conversation") == 1
    assert await composer.spine.value("select count(*) from customer") == 1


async def test_an_answer_still_goes_to_whoever_wrote(composer: Composer) -> None:
    name = await sent(composer)
    await come_back(composer, Returned("else@mail.example", (name,), detail=WHY), references=(name,))
    async with composer.spine.db.connection() as on:
        from doorstep.conversations import look

        found = await look(on, composer.conversation_id)
    assert found.reply.to == (Address(AddressKind.MAILBOX, "ioanna@mail.example", "Ioanna"),)
