"""Answer by itself: the job that says to a customer that their message came, or that nobody is here now.

Loops cannot be: machines, lists and ourselves are never answered, a sender gets one answer in 24 hours at
most over all inboxes (one row decides, also between two workers), and each says that a machine wrote it
(RFC 3834).
"""

import re
from datetime import timedelta
from uuid import UUID

import msgspec

from doorstep import ready, replies
from doorstep.choices import AgainstChoice, Reach, check_choices
from doorstep.conversations import is_ours, our_addresses, tag_of
from doorstep.kernel import Address, AddressKind, Bus, Clock, Inbox, Sends, SystemClock, new_id
from doorstep.kernel.bus import JOBS, OUTBOX
from doorstep.replies import Destination, NewReply
from doorstep.spine.automatic.ask import JOB as JOB
from doorstep.spine.automatic.calendar import is_open, next_open
from doorstep.spine.automatic.configure import sql
from doorstep.spine.automatic.model import Asked, AutomaticAnswers
from doorstep.spine.inboxes import Channels
from doorstep.store import Connection, Database, outbox
from doorstep.store.jobs import Job

ONCE_IN = timedelta(hours=24)
_MACHINE = re.compile(
    r"(?:no-?_?\.?reply|do-?_?not-?_?reply|mailer-?daemon|mail-?daemon|postmaster|bounces?|notifications?|root"
    r"|nobody|listserv|majordomo|[^@]*-(?:request|owner|bounces?)|owner-[^@]*)(?:[+-][^@]*)?@",
    re.I,
)


class Answering:
    """The handler of these jobs."""

    def __init__(self, db: Database, bus: Bus, channels: Channels, clock: Clock | None = None) -> None:
        self._db, self._bus, self._channels = db, bus, channels
        self._clock = clock or SystemClock()

    async def __call__(self, job: Job) -> None:
        """Queue the answer, if there is to be one."""
        signal_id, opens = msgspec.json.decode(job.payload, type=tuple[UUID, bool])
        async with self._db.transaction() as tx:
            asked = await sql.row(tx, "asked", Asked, id=signal_id, opens=opens)
            if asked is not None:
                await self._answer(tx, asked)
        self._bus.wake(JOBS)
        self._bus.wake(OUTBOX)

    async def _answer(self, tx: Connection, asked: Asked) -> None:
        channel = self._channels.get(asked.channel)
        said = self._words(asked)
        if not said or not isinstance(channel, Sends) or await _is_nobody_s(tx, asked):
            return
        now = self._clock.now()
        to = Address(AddressKind(asked.sender_kind), asked.sender_value, asked.sender_name)
        reach = Reach(asked.conversation_id, asked.channel, channel.label, (to,), asked.customer_id)
        try:
            await check_choices(tx, reach, now)
        except AgainstChoice as error:
            await outbox.tell(
                tx, "choice.automatic_skipped", error.customer_id, asked.conversation_id, asked.id
            )
            return
        first = {"kind": asked.sender_kind, "value": asked.sender_value}
        if not await sql.run(tx, "answer_once", now=now, since=now - ONCE_IN, **first):
            return
        reply_id = new_id()
        inbox = await sql.row(tx, "inbox_of", Inbox, id=asked.inbox_id)
        name = channel.message_id(inbox, reply_id) if inbox else ""
        where = Destination(asked.conversation_id, asked.inbox_id, asked.channel, name)
        await replies.queue_automatic(tx, reply_id, NewReply(said, (to,), (), asked.subject), where, now)

    def _words(self, asked: Asked) -> str:
        answers = msgspec.json.decode(asked.content, type=AutomaticAnswers)
        calendar = answers.calendar
        is_there = is_open(calendar, asked.received_at)
        if is_there and not asked.is_first:
            return ""
        opens = next_open(calendar, self._clock.now())
        return ready.filled(
            answers.first_answer if is_there else answers.out_of_office,
            {
                "customer.name": asked.customer_name or asked.sender_name,
                "conversation.tag": tag_of(asked.conversation_id),
                "next_open": f"{opens:%Y-%m-%d %H:%M} ({calendar.time_zone})" if opens else "",
            },
        ).strip()


async def _is_nobody_s(tx: Connection, asked: Asked) -> bool:
    """Whether the address is a machine's by its name, or ours."""
    return bool(_MACHINE.match(asked.sender_value)) or is_ours(asked.sender_value, await our_addresses(tx))
