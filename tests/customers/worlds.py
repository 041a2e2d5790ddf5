"""Two worlds in one database that see the same things happen; in one, two records are merged meanwhile.

Each has an inbox, a queue and addresses of its own; what they hold is compared with their ids told apart from
nothing but the order in which they are met.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from doorstep.commerce import take
from doorstep.conversations import change, join, look, separate, split, unsplit
from doorstep.conversations.change import Verb
from doorstep.customers import merge
from doorstep.customers.unmerge import unmerge
from doorstep.desk.view import view
from doorstep.kernel import DoorstepError, Kind, Returned, Signal, new_id
from doorstep.people import Me
from doorstep.replies import NewNote, NewReply
from doorstep.spine.outbound import answer, note
from doorstep.testing import MemoryChannel
from tests.parts import Spine

BASE = datetime(2026, 3, 2, 12, tzinfo=UTC)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
RECENT = re.compile(r"20(2[6-9]|[3-9]\d)-(0[4-9]|1[0-2])-\d\dT[0-9:.]+Z?")


class Event(msgspec.Struct, frozen=True):
    """Something that happens: `who` of the two it happens to, and which of what is there already."""

    kind: str
    who: int
    nth: int
    more: int


class World:
    """One of the two. `did` remembers which events could happen in it."""

    def __init__(self, spine: Spine, tag: str, me: Me) -> None:
        self.spine, self.tag, self.me = spine, tag, me
        self.inbox_id, self.queue_id = new_id(), new_id()
        self.customers: list[UUID] = []
        self.names: list[list[str]] = [[], []]
        self.link_id: UUID | None = None
        self.joins: list[UUID] = []
        self.steps = 0

    async def begin(self) -> None:
        """An inbox of its own; both people have written once."""
        await self.spine.run("insert into queue (id, name) values ($1, 'Care')", self.queue_id)
        await self.spine.run(
            "insert into inbox (id, channel, name, address, queue_id) values ($1, 'memory', 'Care', $2, $3)",
            *(self.inbox_id, f"{self.tag}@shop.example", self.queue_id),
        )
        for who in (0, 1):
            await self.mail(Event("mail", who, -1, 0))
            found = await self.spine.value(
                "select customer_id from identity where value = $1", self.address(who)
            )
            self.customers.append(UUID(str(found)))

    def address(self, who: int) -> str:
        return f"{'ab'[who]}@{self.tag}.example"

    @property
    def now(self) -> datetime:
        return BASE + timedelta(minutes=self.steps)

    def signal(self, who: int, **more: object) -> Signal:
        self.steps += 1
        given: dict[str, object] = {"inbox_id": self.inbox_id, "happened_at": self.now, **more}
        return self.spine.signal(self.address(who), **given)

    async def mail(self, event: Event) -> None:
        """On a thread of one's own, or on none; by one of two channels; it may name an order."""
        mine = self.names[event.who]
        answered = (mine[event.nth % len(mine)],) if event.nth >= 0 and mine else ()
        name = f"<{len(self.names[0]) + len(self.names[1])}@{self.tag}>"
        says = f" Order 4821{event.more % 2}." if event.more % 3 else ""
        await self.take_in(
            self.signal(
                event.who,
                message_id=name,
                references=answered,
                channel="memory" if event.more % 2 else "sms",
                subject=f"Mail {self.steps}",
                text=f"Hello.{says}",
            )
        )
        mine.append(name)

    async def bounce(self, event: Event) -> None:
        back = Returned(self.address(event.who), (), True, "No such mailbox.")
        await self.take_in(self.signal(event.who, kind=Kind.BOUNCE, returned=back, text="It came back."))

    async def take_in(self, signal: Signal) -> None:
        """Through the spine; it is as if it had come when it happened."""
        (signal_id,) = await self.spine.take_in(signal)
        await self.spine.run(
            "update interaction set received_at = happened_at where id = $1 and received_at <> happened_at",
            signal_id,
        )
        await self.spine.run(
            "update conversation c set due_at = $2::timestamptz + interval '4 hours' "
            "where inbox_id = $1 and due_at > $2::timestamptz + interval '30 days'",
            *(self.inbox_id, signal.happened_at),
        )

    async def order(self, event: Event) -> None:
        """They order by their address, and pay."""
        self.steps += 1
        key, at = f"{event.who}{event.nth}", self.now.isoformat()
        money = {"amount_minor": 100, "currency": "EUR"}
        order = {"external_id": key, "order_no": f"4821{event.more % 2}", "mailbox": self.address(event.who)}
        order |= {"placed_at": at, "currency": "EUR", "total_minor": 100}  # type: ignore[dict-item]
        payment = {
            "external_id": key,
            "order": key,
            "happened_at": at,
            "state": "paid",
            "method": "card",
            **money,
        }
        async with self.spine.db.transaction() as tx:
            for kind, row in (("orders", order), ("payments", payment | money)):
                report = await take(tx, kind, self.tag, [row], None)
                assert not report.refused, report

    async def conversation(self, event: Event) -> UUID | None:
        """One of this person's conversations that stands for nobody else's too."""
        rows = await self.spine.rows(
            "select own_whole(v.id) as id, v.id as ground, bool_or(w.is_across) as is_across "
            "from conversation v left join conversation w on w.id = any (above(v.id)) "
            "where v.customer_id = $1 and not v.is_joined and v.interactions > 0 "
            "group by v.id order by v.opened_at, v.id",
            self.customers[event.who],
        )
        row = rows[event.nth % len(rows)]
        return None if row["is_across"] else UUID(str(row["id"]))

    async def act(self, event: Event) -> bool:
        """What an agent does; False when it is done to both, and so has no like where nobody is merged."""
        self.steps += 1
        conversation_id = await self.conversation(event)
        other_id = await self.conversation(msgspec.structs.replace(event, nth=event.more))
        if conversation_id is None or other_id is None:
            return False
        try:
            async with self.spine.db.transaction() as tx:
                await self._act(tx, event, conversation_id, other_id)
        except DoorstepError:
            return True
        return True

    async def _act(self, tx: Any, event: Event, conversation_id: UUID, other_id: UUID) -> None:
        me, now = self.me, self.now
        verbs: list[Verb] = ["resolve", "reopen", "wait", "take", "release"]
        match event.kind:
            case "reply":
                reply = NewReply(f"Answer {self.steps}")
                await answer(
                    tx, {"memory": MemoryChannel(), "sms": MemoryChannel()}, conversation_id, reply, me, now
                )
            case "note":
                await note(tx, conversation_id, NewNote(f"Note {self.steps}"), me, now)
            case "change":
                head = await look(tx, conversation_id)
                await change(tx, conversation_id, verbs[event.more % 5], head.version, me, now)
            case "join":
                self.joins.append((await join(tx, conversation_id, other_id, "agent", me, now)).link_id)
            case "separate" if self.joins:
                await separate(tx, self.joins.pop(), {}, me, now)
            case "split":
                last = await tx.fetchval(
                    "select id from interaction where conversation_id = any (whole($1)) and direction = 'in' "
                    "order by happened_at desc, id desc limit 1",
                    conversation_id,
                )
                await split(tx, conversation_id, [last], me, now)
            case "unsplit":
                await unsplit(tx, conversation_id, me, now)

    async def cross(self, event: Event) -> bool:
        """All of one's own is resolved, then one writes by another channel: it goes on in the other's."""
        self.steps += 1
        own = await self.spine.rows(
            "select distinct own_whole(v.id) as id, "
            "exists (select from conversation w where w.id = any (above(v.id)) and w.is_across) as is_across "
            "from conversation v where v.customer_id = $1 and not v.is_joined and v.interactions > 0",
            self.customers[event.who],
        )
        if any(row["is_across"] for row in own):
            return False
        async with self.spine.db.transaction() as tx:
            for one in sorted(str(row["id"]) for row in own):
                head = await look(tx, UUID(one))
                if head.state != "resolved":
                    await change(tx, head.id, "resolve", head.version, self.me, self.now)
        await self.mail(Event("mail", event.who, -1, 3))
        return True

    async def happen(self, event: Event) -> bool:
        """Let it happen; whether it could."""
        before: dict[str, Callable[[Event], Any]] = {
            "mail": self.mail,
            "bounce": self.bounce,
            "order": self.order,
        }
        if event.kind in before:
            await before[event.kind](event)
            return True
        return await (self.cross(event) if event.kind == "cross" else self.act(event))

    async def merge(self) -> None:
        async with self.spine.db.transaction() as tx:
            self.link_id = await merge(
                tx, *self.customers, "agent", [], self.me, self.now, "It is the same person."
            )

    async def unmerge(self) -> None:
        assert self.link_id
        async with self.spine.db.transaction() as tx:
            await unmerge(tx, self.link_id, {}, self.me, self.now)

    async def holds(self) -> list[bytes]:
        """All there is to see: the view and story of each, every conversation, and what waits."""
        found: list[Any] = []
        async with self.spine.db.connection() as on:
            for one in self.customers:
                found.append(msgspec.json.decode(await view(on, one, 200)))
                for row in found[-1]["conversations"]:
                    head = await look(on, UUID(row["id"]))
                    found.append(msgspec.to_builtins(head) | {"version": 0})
        waits = await self.spine.value(
            "select coalesce((select sum(waiting) from queue_delta where queue_id = $1), 0) + "
            "coalesce((select waiting from queue_count where queue_id = $1), 0)",
            self.queue_id,
        )
        listed = await self.spine.value(
            "select count(*) from conversation where queue_id = $1 and state = 'open' and joined_to is null",
            self.queue_id,
        )
        assert waits == listed, "the counter is wrong"
        return [self._told_apart(found), str(waits).encode()]

    def _told_apart(self, found: Any) -> bytes:
        """As JSON, with ids by the order in which they are met, and without the time the test ran."""
        said = msgspec.json.encode(found).decode().replace(self.tag, "world")
        met: dict[str, str] = {}
        said = ID.sub(lambda match: met.setdefault(match[0], f"id{len(met)}"), said)
        return RECENT.sub("then", said).encode()
