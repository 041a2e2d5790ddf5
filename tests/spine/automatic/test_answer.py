"""Automatic answers: when they are due, once a day, and never in a circle."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doorstep import replies
from doorstep.kernel import Arrival, Inbox, Kind
from doorstep.people import Role
from doorstep.spine import Sending, drain
from doorstep.spine.automatic import JOB, Answering
from doorstep.spine.automatic.calendar import Calendar
from doorstep.spine.automatic.configure import configure
from doorstep.spine.automatic.model import AutomaticAnswers
from doorstep.store.database import opened
from doorstep.store.jobs import Job
from doorstep.testing import MemoryChannel
from doorstep.testing.clock import TurnableClock
from tests.conftest import created
from tests.parts import Spine, spine_on
from tests.stories.conftest import Served, house, settings

__all__ = ["house", "settings"]

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SHUT = AutomaticAnswers(
    "Hello {{customer.name}}, we have it: {{conversation.tag}}.",
    "Nobody is here until {{next_open}}.",
    Calendar("UTC", tuple([((datetime.min.time(), datetime.min.time()),)] + [()] * 6)),
)
OPEN = AutomaticAnswers("Hello {{customer.name}}, we have it.", "Nobody is here.")


class Doorstep:
    """A desk that answers by itself over a wire in memory."""

    def __init__(self, spine: Spine, clock: TurnableClock) -> None:
        self.spine, self.clock, self.channel = spine, clock, MemoryChannel(clock)
        channels = {"memory": self.channel}
        self.handlers = {
            JOB: Answering(spine.db, spine.bus, channels, clock),
            replies.JOB: Sending(spine.db, spine.bus, channels, spine.edge),
        }

    async def answers(self, answers: AutomaticAnswers) -> None:
        async with self.spine.db.transaction() as tx:
            await configure(tx, self.spine.inbox_id, answers, await self.spine.hire(f"A{id(answers)}"))

    async def work(self) -> None:
        """All that is to be done, to the end."""
        await drain(self.spine.worker())
        while rows := await self.spine.rows("delete from job returning id, kind, payload, tries"):
            for row in rows:
                await self.handlers[row["kind"]](Job(*row.values()))  # type: ignore[arg-type,index]

    async def inbox(self) -> Inbox:
        address = str(await self.spine.value("select address from inbox"))
        return Inbox(self.spine.inbox_id, "memory", "Care", address)

    async def post(self) -> list[bytes]:
        """What it sent since this was last asked, as it goes over the wire."""
        sent, self.channel.sent = self.channel.sent, []
        return [self.channel.format(one, {}) for one in sent]

    async def get(self, raw: bytes) -> None:
        arrival = self.channel.parse(await self.inbox(), raw, {}).arrival
        await self.spine.edge.accept([Arrival(arrival.signal, raw)])
        await self.work()


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(MONDAY)


@pytest.fixture
async def desk(spine: Spine, clock: TurnableClock) -> Doorstep:
    return Doorstep(spine, clock)


async def told(desk: Doorstep, *signals: object) -> list[str]:
    await desk.spine.accept(*signals)  # type: ignore[arg-type]
    await desk.work()
    sent, desk.channel.sent = desk.channel.sent, []
    return [one.text for one in sent]


async def test_nothing_is_answered_unless_it_was_set(desk: Doorstep) -> None:
    assert await told(desk, desk.spine.signal()) == []
    await desk.answers(AutomaticAnswers())
    assert await told(desk, desk.spine.signal("b@mail.example")) == []
    assert await desk.spine.value("select count(*) from automatic_answers") == 0


async def test_a_first_answer_stands_in_the_story_and_keeps_no_promise(desk: Doorstep) -> None:
    await desk.answers(OPEN)
    assert await told(desk, desk.spine.signal(message_id="<a@x>", subject="Where")) == [
        "Hello Ioanna, we have it."
    ]
    (row,) = await desk.spine.rows(
        "select kind, delivery, agent_id, subject from interaction where direction = 'out'"
    )
    assert row == {"kind": "auto-reply", "delivery": "sent", "agent_id": None, "subject": "Where"}
    (conversation,) = await desk.spine.rows(
        "select state, unread, agent_id, due_at, interactions from conversation"
    )
    assert conversation["due_at"] is not None
    assert (conversation["state"], conversation["unread"], conversation["interactions"]) == ("open", True, 2)
    assert await told(desk, desk.spine.signal(references=("<a@x>",))) == []


async def test_outside_hours_it_says_when_somebody_is_here_and_once_in_a_day(desk: Doorstep) -> None:
    await desk.answers(SHUT)
    tuesday = "update interaction set received_at = '2026-11-24T10:00Z'"
    await desk.spine.accept(desk.spine.signal())
    await drain(desk.spine.worker())
    await desk.spine.run(tuesday)
    desk.clock.turn(timedelta(days=1))
    await desk.work()
    assert [one.text for one in desk.channel.sent] == ["Nobody is here until 2026-11-30 00:00 (UTC)."]
    assert desk.channel.sent[0].is_automatic
    desk.channel.sent.clear()
    assert await told(desk, desk.spine.signal(text="Again")) == []
    desk.clock.turn(timedelta(hours=24))
    await desk.spine.accept(desk.spine.signal(text="And again"))
    await drain(desk.spine.worker())
    await desk.spine.run(tuesday)
    await desk.work()
    assert len(desk.channel.sent) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"kind": Kind.AUTO_REPLY},
        {"kind": Kind.BOUNCE},
        {"kind": Kind.LIST},
        {"is_past": True},
        {"suspicion": "It is like spam."},
        {"sender": "no-reply@mail.example"},
        {"sender": "noreply+x@mail.example"},
        {"sender": "donotreply@mail.example"},
        {"sender": "MAILER-DAEMON@mail.example"},
        {"sender": "postmaster@mail.example"},
        {"sender": "news-request@mail.example"},
        {"sender": "care@shop.example"},
        {"sender": "care+token@shop.example"},
        {"sender": "abc@no-sender.invalid"},
    ],
)
async def test_machines_lists_the_past_and_ourselves_are_never_answered(
    desk: Doorstep, more: dict[str, object]
) -> None:
    await desk.answers(OPEN)
    assert await told(desk, desk.spine.signal(**more)) == []  # type: ignore[arg-type]


async def test_two_workers_at_once_send_one(desk: Doorstep) -> None:
    await desk.answers(OPEN)
    await desk.spine.accept(desk.spine.signal(), desk.spine.signal(text="Another matter"))
    await drain(desk.spine.worker())
    rows = await desk.spine.rows("delete from job returning id, kind, payload, tries")
    assert len(rows) == 2
    await asyncio.gather(*(desk.handlers[JOB](Job(*row.values())) for row in rows))  # type: ignore[arg-type]
    assert await desk.spine.value("select count(*) from interaction where direction = 'out'") == 1


async def test_two_doorsteps_that_write_to_each_other_end_after_one_each(
    spine: Spine, server_url: str, template: str, tmp_path: Path, clock: TurnableClock
) -> None:
    async for url in created(server_url, template):
        async with opened(url) as db:
            other = await spine_on(db, tmp_path / "other")
            await other.run("update inbox set address = 'desk@other.example'")
            ours, theirs = Doorstep(spine, clock), Doorstep(other, clock)
            await ours.answers(OPEN)
            await theirs.answers(OPEN)
            # Somebody of theirs writes from their inbox's address to ours, and the other way round.
            for there, sender in ((ours, "desk@other.example"), (theirs, "care@shop.example")):
                await there.spine.accept(there.spine.signal(sender))
                await there.work()
            counted = 0
            while mails := [(theirs, m) for m in await ours.post()] + [
                (ours, m) for m in await theirs.post()
            ]:
                for to, raw in mails:
                    counted += 1
                    assert counted < 10
                    await to.get(raw)
    assert counted == 2


async def test_a_vacation_program_ends_it_at_once(desk: Doorstep) -> None:
    await desk.answers(OPEN)
    assert len(await told(desk, desk.spine.signal("away@mail.example"))) == 1
    for n in range(3):
        answer = desk.spine.signal("away@mail.example", f"I am away {n}", kind=Kind.AUTO_REPLY)
        assert await told(desk, answer) == []


async def test_it_is_set_over_http(house: Served) -> None:
    inbox_id = await house.add_inbox("care@shop.example")
    path = f"/api/inboxes/{inbox_id}/automatic-answers"
    week = [[["09:00:00", "17:00:00"]]] * 5 + [[], []]
    wanted = {
        "first_answer": "Hello {{customer.name}}",
        "out_of_office": "",
        "calendar": {"time_zone": "Europe/Athens", "week": week, "holidays": ["2026-12-25"]},
    }
    async with house.signed_in("ada@shop.example", Role.ADMINISTRATOR) as ada:
        assert (await ada.get(path)).json()["first_answer"] == ""
        assert (await ada.put(path, json=wanted)).status_code == 204
        assert (await ada.get(path)).json() == wanted
        refused = await ada.put(path, json=wanted | {"first_answer": "{{order}}"})
        assert (refused.status_code, "There is no {{order}}" in refused.json()["detail"]) == (400, True)
