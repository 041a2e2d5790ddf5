"""What a customer chose is kept to: a reply against it is stopped, says why, and is counted."""

from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from doorstep import choices
from doorstep.choices import AgainstChoice, Choices, Hours, refusal_of
from doorstep.choices.change import change_choices
from doorstep.choices.count import refusals
from doorstep.choices.look import standing_choice
from doorstep.choices.model import NewChoices
from doorstep.kernel import Address, AddressKind, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.replies import NewReply, Reply
from doorstep.spine import Sending
from doorstep.spine.outbound import answer
from doorstep.store.jobs import Job
from doorstep.testing import MemoryChannel
from tests.parts import Spine

MONDAY = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
BERLIN = Hours(time(9), time(17), "Europe/Berlin", (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("chosen", "asked", "says"),
    [
        (Choices(), False, ""),
        (Choices(contact="none"), True, "not to be contacted at all"),
        (Choices(refused=("memory",)), True, "not to be written to by Memory"),
        (Choices(refused=("other",)), True, ""),
        (Choices(contact="asked"), True, ""),
        (Choices(contact="asked"), False, "only when they ask"),
        (Choices(hours=(BERLIN,)), False, "but from Tuesday 09:00 (Europe/Berlin)"),
        (Choices(hours=(BERLIN,)), True, ""),
        (Choices(hours=(BERLIN, Hours(time(9), time(10), "Asia/Tokyo"))), False, "at this hour."),
    ],
)
def test_what_may_leave(chosen: Choices, asked: bool, says: str) -> None:
    said = refusal_of(chosen, "memory", "Memory", asked, MONDAY)
    assert says in said if says else said == ""


class House:
    """A customer who wrote, and an agent who may choose for her."""

    def __init__(self, spine: Spine, me: Me, conversation_id: UUID, customer_id: UUID) -> None:
        self.spine, self.me, self.conversation_id, self.customer_id = spine, me, conversation_id, customer_id
        self.channel = MemoryChannel()

    async def choose(self, chosen: Choices, by: Me | None, how: str = "on the phone") -> None:
        async with self.spine.db.transaction() as tx:
            channels = {"memory": self.channel}
            await change_choices(
                tx, self.customer_id, NewChoices(chosen, how), channels, by, datetime.now(UTC)
            )

    async def reply(self, **more: object) -> Reply:
        async with self.spine.db.transaction() as tx:
            new = NewReply("It comes tomorrow.", **more)  # type: ignore[arg-type]
            channels = {"memory": self.channel}
            return await answer(tx, channels, self.conversation_id, new, self.me, datetime.now(UTC))


@pytest.fixture
async def house(spine: Spine) -> House:
    conversation_id = await spine.opened()
    customer_id = await spine.value("select customer_id from conversation")
    return House(spine, await spine.hire(), conversation_id, customer_id)  # type: ignore[arg-type]


async def test_a_channel_she_refused_is_not_written_to(house: House) -> None:
    await house.choose(Choices(refused=("memory",)), house.me)
    with pytest.raises(AgainstChoice, match="not to be written to by Memory") as stopped:
        await house.reply()
    assert stopped.value.status == 403
    assert stopped.value.customer_id == house.customer_id
    assert await house.spine.value("select count(*) from interaction where direction = 'out'") == 0


async def test_who_wants_to_hear_only_answers_is_answered_while_her_question_is_open(house: House) -> None:
    await house.choose(Choices(contact="asked"), house.me)
    await house.reply()
    await house.spine.run("update conversation set state = 'resolved'")
    with pytest.raises(AgainstChoice, match="only when they ask"):
        await house.reply()


async def test_a_forward_that_reaches_her_is_bound_too_and_one_to_others_is_not(house: House) -> None:
    await house.choose(Choices(contact="none"), house.me)
    of = await house.spine.value("select id from interaction")
    other = Address(AddressKind.MAILBOX, "carrier@parcels.example")
    hers = Address(AddressKind.MAILBOX, "ioanna@mail.example")
    await house.reply(mode="forward", of=of, to=(other,))
    with pytest.raises(AgainstChoice):
        await house.reply(mode="forward", of=of, to=(other,), bcc=(hers,))


async def test_what_she_chose_after_it_was_queued_stops_it_before_it_leaves(house: House) -> None:
    await house.reply()
    await house.choose(Choices(contact="none"), None)
    (job,) = await house.spine.rows("select id, kind, payload from job")
    await Sending(house.spine.db, house.spine.bus, {"memory": house.channel}, house.spine.edge)(
        Job(job["id"], job["kind"], job["payload"], 1)  # type: ignore[arg-type]
    )
    assert house.channel.sent == []
    (row,) = await house.spine.rows(
        "select delivery, delivery_detail from interaction where direction = 'out'"
    )
    assert row == {"delivery": "failed", "delivery_detail": "The customer chose not to be contacted at all."}
    assert "choice.violation_refused" in {event["kind"] for event in await house.spine.told()}


async def test_a_choice_says_who_noted_it_and_what_held_before_is_kept(house: House) -> None:
    await house.choose(Choices(language="de"), house.me, "in her letter")
    await house.choose(Choices(language="el"), None, "")
    async with house.spine.db.connection() as on:
        now = await standing_choice(on, house.customer_id)
        both = await choices.choices_of(on, [house.customer_id, new_id()])
    assert (now.choices.language, now.said_by, now.agent_name) == ("el", "customer", None)
    assert both.language == "el"
    rows = await house.spine.rows(
        "select said_by, how, ended_at is null as holds from choice order by said_at"
    )
    assert rows == [
        {"said_by": "agent", "how": "in her letter", "holds": False},
        {"said_by": "customer", "how": "", "holds": True},
    ]
    told = [e for e in await house.spine.told() if e["kind"] == "choice.changed"]
    assert [e["actor_id"] for e in told] == [house.me.agent_id, None]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (Choices(preferred="pigeon"), "no channel pigeon"),
        (Choices(preferred="memory", refused=("memory",)), "preferred and refused"),
        (Choices(language="not a language"), "as de or pt-BR"),
        (Choices(hours=(Hours(time(9), time(17), "Mars/North"),)), "no time zone Mars/North"),
        (Choices(hours=(Hours(time(17), time(9), "UTC"),)), "begin before they end"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(house: House, chosen: Choices, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        await house.choose(chosen, house.me)


async def test_nobody_has_no_choices(house: House) -> None:
    house.customer_id = new_id()
    with pytest.raises(NotFound):
        await house.choose(Choices(), house.me)


async def test_tries_are_counted_by_day(house: House) -> None:
    for day in (1, 20, 20):
        async with house.spine.db.transaction() as tx:
            at = datetime(2026, 11, day, tzinfo=UTC)
            await choices.tell_refusal(tx, house.customer_id, house.conversation_id, house.me.agent_id, at)
    async with house.spine.db.connection() as on:
        counted = await refusals(on, datetime(2026, 12, 5, tzinfo=UTC))
        assert (counted.today, counted.days_30, counted.ever) == (0, 2, 3)
        assert await choices.count_refused(on) == 3
