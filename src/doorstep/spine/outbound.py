"""The way back: reply ▸ choose address ▸ queue ▸ send ▸ delivery state.

A reply is on the story when the agent lets go of it, and leaves ten seconds later by a job. Its name in the
channel's threads is made from its id before it leaves, so a repeated attempt is recognised as the same
message, and an answer to it finds its conversation.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import structlog

from doorstep import pages, ready, replies
from doorstep.choices import AgainstChoice, Reach, check_choices, tell_refusal
from doorstep.conversations import (
    ReplyAddresses,
    head_of,
    last_heard,
    names_in,
    our_addresses,
    reply_to,
    tag_of,
    token_key,
    token_of,
)
from doorstep.kernel import (
    Bus,
    Channel,
    Delivery,
    DoorstepError,
    Edge,
    Inbox,
    Invalid,
    Outgoing,
    Sends,
    TooMuch,
    new_id,
    wrong_with,
)
from doorstep.kernel.bus import OUTBOX
from doorstep.people import Me
from doorstep.portal import with_link
from doorstep.replies import Destination, NewNote, NewReply, Note, Queued, Reply
from doorstep.spine.acts import carry_out
from doorstep.spine.edge import sql
from doorstep.store import Connection, Database
from doorstep.store.database import AWAY
from doorstep.store.jobs import TRIES, Job
from doorstep.store.reason import reason_of

Channels = Mapping[str, Channel]
log = structlog.get_logger()


class NotNow(Exception):
    """The other side asked us to come back later."""


async def answer(
    tx: Connection, channels: Channels, conversation_id: UUID, reply: NewReply, me: Me, now: datetime
) -> Reply:
    """Queue a reply; one sent again under its id is queued once.

    Raises `NotFound`, `Invalid`, `TooMuch`, `Conflict` or `AgainstChoice`, in words for the composer.
    """
    reply_id, reply = reply.id or new_id(), replies.cleaned(reply)
    head = await head_of(tx, conversation_id)
    if there := await replies.repeated(tx, reply_id, reply, head.id, me):
        return there
    ready.check_filled_in(f"{reply.text}\n{pages.text_of(reply.html)}")
    await replies.check_nothing_newer(tx, head.id, reply, me)
    heard = await last_heard(tx, head.id)
    inbox = await _inbox(tx, heard.inbox_id if heard else head.inbox_id)
    usual = await _usual(tx, reply, reply_to(heard, await our_addresses(tx), head.matter), head.id)
    where = Destination(
        heard.conversation_id if heard else head.id,
        inbox.id,
        inbox.channel,
        sender_of(channels, inbox).message_id(inbox, reply_id),
        reply.of or (heard.id if heard else None),
        await ready.signature_for(tx, inbox.id, me, now) if reply.sign else "",
    )
    whole = msgspec.structs.replace(
        reply,
        to=reply.to or usual.to,
        cc=reply.cc if reply.to else usual.cc,
        subject=reply.subject or usual.subject,
    )
    _check_addresses(channels[inbox.channel], whole)
    reach = Reach(
        head.id,
        inbox.channel,
        channels[inbox.channel].label,
        (*whole.to, *whole.cc, *whole.bcc),
        head.customer_id if whole.mode == "reply" else None,
    )
    await check_choices(tx, reach, now)
    queued = await replies.queue_reply(tx, reply_id, whole, where, me, now)
    return msgspec.structs.replace(queued, conversation_id=head.id)


async def _usual(
    tx: Connection, reply: NewReply, usual: ReplyAddresses, conversation_id: UUID
) -> ReplyAddresses:
    """What is taken where the agent said nothing. A forward goes nowhere by itself."""
    if reply.of is None and reply.mode == "forward":
        raise Invalid("Say which message is passed on.")
    if reply.of is None:
        return usual
    of = await replies.original(tx, reply.of, conversation_id)
    return ReplyAddresses(subject=f"Fwd: {of.subject}") if reply.mode == "forward" else usual


async def note(tx: Connection, conversation_id: UUID, said: NewNote, me: Me, now: datetime) -> Note:
    """Write a note on a conversation. Raises `NotFound`, `Invalid`, `TooMuch`."""
    head = await head_of(tx, conversation_id)
    where = Destination(head.id, head.inbox_id, head.channel, "")
    return await replies.write_note(tx, said.text, where, me, now, said.mentions)


class Sending:
    """Sends what is queued: the handler of the jobs that `replies` puts in."""

    def __init__(
        self, db: Database, bus: Bus, channels: Channels, edge: Edge, house_address: str = ""
    ) -> None:
        self._house_address = house_address
        self._db = db
        self._bus = bus
        self._channels = channels
        self._edge = edge

    async def __call__(self, job: Job) -> None:
        """Send one reply and note what became of it. Raises `NotNow` when it is to be tried again."""
        reply_id = msgspec.json.decode(job.payload, type=UUID)
        async with self._db.transaction() as tx:
            reply = await replies.queued(tx, reply_id)
        if reply is None:
            return
        delivery = await self._deliver(reply)
        async with self._db.transaction() as tx:
            await _settle(tx, reply, delivery, datetime.now(UTC), is_last=job.tries >= TRIES)
        self._bus.wake(OUTBOX)
        if delivery.retry and not delivery.ok and job.tries < TRIES:
            raise NotNow(delivery.detail)

    async def bury(self, tx: Connection, job: Job, reason: str) -> None:
        """Its job died: the reply has failed, and is back on the desk with the reason."""
        reply = await replies.queued(tx, msgspec.json.decode(job.payload, type=UUID))
        if reply is not None:
            log.warning("reply.buried", reply_id=str(reply.id), reason=reason)
            await replies.failed(tx, reply, f"It may not have left: it was tried {job.tries} times. {reason}")

    async def _deliver(self, reply: Queued) -> Delivery:
        """Hand it to its channel; whatever goes wrong there is said on the desk, and never only in a log."""
        try:
            async with self._db.transaction() as tx:
                await self._check(tx, reply)
                outgoing = await self._linked(tx, reply, await _outgoing(tx, reply))
            return await sender_of(self._channels, outgoing.inbox).send(outgoing, self._edge)
        except AWAY:
            raise
        except AgainstChoice as error:
            async with self._db.transaction() as tx:
                now = datetime.now(UTC)
                await tell_refusal(tx, error.customer_id, reply.conversation_id, reply.agent_id, now)
            return Delivery(ok=False, detail=error.detail)
        except DoorstepError as error:
            return Delivery(ok=False, detail=error.detail)
        except Exception as error:
            log.warning("reply.not_sent", reply_id=str(reply.id), error=reason_of(error))
            log.debug("reply.not_sent.in_full", reply_id=str(reply.id), exc_info=error)
            return Delivery(ok=False, retry=True, detail=f"It could not be sent: {type(error).__name__}.")

    async def _linked(self, tx: Connection, reply: Queued, outgoing: Outgoing) -> Outgoing:
        """With a link to the customer's own page, where its address stands."""
        words = (outgoing.text, outgoing.html)
        to = (*outgoing.to, *outgoing.cc, *outgoing.bcc)
        text, html = await with_link(tx, words, self._house_address, reply.customer_id, to, datetime.now(UTC))
        return msgspec.structs.replace(outgoing, text=text, html=html)

    async def _check(self, tx: Connection, reply: Queued) -> None:
        """What the customer chose since it was queued holds too. Raises `AgainstChoice`."""
        to, cc = reply.addresses
        theirs = reply.customer_id if reply.mode == "reply" else None
        label = self._channels[reply.channel].label if reply.channel in self._channels else reply.channel
        reach = Reach(reply.conversation_id, reply.channel, label, (*to, *cc, *reply.unseen), theirs)
        await check_choices(tx, reach, None)


async def _settle(tx: Connection, reply: Queued, delivery: Delivery, now: datetime, is_last: bool) -> None:
    if delivery.ok:
        await replies.sent(tx, reply, delivery.refused)
        await carry_out(tx, reply, now)
    elif delivery.retry and not is_last:
        await replies.delayed(tx, reply, delivery.detail)
    else:
        await replies.failed(tx, reply, delivery.detail)


async def _outgoing(tx: Connection, reply: Queued) -> Outgoing:
    to, cc = reply.addresses
    names = await names_in(tx, reply.conversation_id)
    is_forward = reply.mode == "forward"
    return Outgoing(
        id=reply.id,
        inbox=await _inbox(tx, reply.inbox_id),
        to=to,
        cc=cc,
        bcc=reply.unseen,
        subject=reply.subject,
        text=reply.text,
        html=reply.html,
        signature=pages.text_of(reply.signature),
        signature_html=reply.signature,
        quoted=await replies.quoted(tx, reply.of_id, is_forward) if reply.of_id else None,
        is_forward=is_forward,
        message_id=reply.message_id,
        references=() if is_forward else tuple(name for name in names if name != reply.message_id),
        attachments=await replies.files_of(tx, reply.id),
        token=token_of(reply.conversation_id, await token_key(tx)),
        tag=tag_of(reply.conversation_id),
        written_at=reply.happened_at,
        is_automatic=reply.is_automatic,
    )


async def _inbox(on: Connection, inbox_id: UUID) -> Inbox:
    inbox = await sql.row(on, "inbox", Inbox, id=inbox_id)
    if inbox is None:
        raise Invalid("The inbox this came by is no longer configured. Choose another address to write from.")
    return inbox


def sender_of(channels: Channels, inbox: Inbox) -> Sends:
    """The channel an inbox sends by. Raises `Invalid` when it cannot send."""
    channel = channels.get(inbox.channel)
    if not isinstance(channel, Sends):
        raise Invalid("One cannot answer on this channel. Choose another.")
    return channel


def _check_addresses(channel: Channel, reply: NewReply) -> None:
    traits = channel.traits
    if other := [a.value for a in (*reply.to, *reply.cc, *reply.bcc) if a.kind is not traits.address]:
        raise Invalid(f"{other[0]} is no address one can write to by {channel.label}.")
    for address in (*reply.to, *reply.cc, *reply.bcc):
        if wrong := wrong_with(channel, address.value):
            raise Invalid(wrong)
    if traits.length is not None and len(reply.text) > traits.length:
        raise TooMuch(f"At most {traits.length} characters here; this has {len(reply.text)}.")
