"""Queue a reply: it is on the story at once and leaves in ten seconds, unless it is taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from doorstep import pages
from doorstep.drafts import hand_over, sweep_note
from doorstep.kernel import Invalid, NotFound, TooMuch, new_id
from doorstep.kernel.cards import masked
from doorstep.people import Me
from doorstep.replies.mention import mention
from doorstep.replies.model import NewReply, Note, Reply
from doorstep.replies.pass_on import pass_on
from doorstep.replies.repeat import repeated
from doorstep.store import Connection, beside, jobs, outbox

sql = beside(__file__)

UNDO = timedelta(seconds=10)
JOB = "reply.send"
LONGEST = 200_000
LONGEST_HTML = 400_000
MOST_ADDRESSES = 50


class Destination(msgspec.Struct, frozen=True):
    """Where a reply goes out: the inbox and channel it leaves by, and the name it has in their threads."""

    conversation_id: UUID
    inbox_id: UUID
    channel: str
    message_id: str
    of_id: UUID | None = None
    """What is quoted below it, or passed on."""
    signature: str = ""
    """HTML that stands under it."""


def cleaned(reply: NewReply) -> NewReply:
    """Its HTML as we send it, and its text; no card number leaves here. Raises `TooMuch`."""
    if len(reply.html) > LONGEST_HTML:
        raise TooMuch(f"At most {LONGEST_HTML} characters of HTML.")
    html = masked(pages.ours(reply.html)) if reply.html else ""
    text = masked(reply.text) or pages.text_of(html)
    return msgspec.structs.replace(reply, html=html, text=text, subject=masked(reply.subject))


def check(reply: NewReply) -> None:
    """Raises `Invalid` or `TooMuch` for what cannot be sent."""
    if not reply.text.strip() and not reply.attachments and reply.mode == "reply":
        raise Invalid("There is nothing in the reply yet.")
    if not reply.to:
        raise Invalid("Nobody to send it to: this conversation has no address yet. Give one.")
    if len(reply.text) > LONGEST or len((*reply.to, *reply.cc, *reply.bcc)) > MOST_ADDRESSES:
        raise TooMuch(f"At most {LONGEST} characters and {MOST_ADDRESSES} addresses.")


async def queue_reply(
    tx: Connection, reply_id: UUID, reply: NewReply, where: Destination, me: Me, now: datetime
) -> Reply:
    """Put it on the story and in the queue, once. Raises `NotFound`, `Invalid`, `TooMuch`, `Conflict`."""
    check(reply)
    send_at = now + UNDO
    customer_id = await _store(tx, reply_id, reply, where, me, now, send_at)
    if customer_id is None:
        return await _stands(tx, reply_id, reply, where, me)
    await _beside(tx, reply_id, reply, where, me)
    await jobs.add(tx, JOB, reply_id, due_at=send_at, key=str(reply_id), lane=str(where.inbox_id))
    await outbox.tell(tx, "reply.queued", customer_id, where.conversation_id, reply_id, actor_id=me.agent_id)
    return Reply(reply_id, where.conversation_id, send_at, "queued")


async def _store(
    tx: Connection,
    reply_id: UUID,
    reply: NewReply,
    where: Destination,
    me: Me,
    now: datetime,
    send_at: datetime,
) -> UUID | None:
    """Whose story it is on now; None when nothing was stored."""
    customer_id: UUID | None = await sql.value(
        tx,
        "queue_reply",
        id=reply_id,
        conversation_id=where.conversation_id,
        inbox_id=where.inbox_id,
        channel=where.channel,
        direction="out",
        subject=reply.subject,
        text=reply.text,
        html=reply.html,
        message_id=where.message_id,
        recipients=msgspec.json.encode((reply.to, reply.cc)),
        agent_id=me.agent_id,
        delivery="queued",
        now=now,
        send_at=send_at,
    )
    return customer_id


async def _beside(tx: Connection, reply_id: UUID, reply: NewReply, where: Destination, me: Me) -> None:
    """What stands beside its words, and its files; the draft it was is swept."""
    await sql.run(
        tx,
        "keep_reply",
        id=reply_id,
        mode=reply.mode,
        bcc=msgspec.json.encode(reply.bcc),
        of_id=where.of_id,
        signature=where.signature,
        acts=list(dict.fromkeys(reply.acts)),
    )
    await hand_over(tx, where.conversation_id, reply_id, reply.attachments, reply.mode, me)
    if reply.mode == "forward" and where.of_id:
        await pass_on(tx, where.of_id, reply_id)


async def _stands(tx: Connection, reply_id: UUID, reply: NewReply, where: Destination, me: Me) -> Reply:
    """What was sent under this id by somebody who was faster."""
    listed = await sql.value(tx, "listed", id=where.conversation_id)
    reply_there = await repeated(tx, reply_id, reply, listed, me)
    if reply_there is None:
        raise NotFound("There is no such conversation.")
    return reply_there


async def write_note(
    tx: Connection, note: str, where: Destination, me: Me, now: datetime, mentions: Sequence[UUID] = ()
) -> Note:
    """Write a note among ourselves; the customer never sees it. Raises `NotFound`, `Invalid`, `TooMuch`."""
    if not note.strip():
        raise Invalid("There is nothing in the note yet.")
    if len(note) > LONGEST:
        raise TooMuch(f"A note has at most {LONGEST} characters.")
    note_id = new_id()
    customer_id: UUID | None = await sql.value(
        tx,
        "queue_reply",
        id=note_id,
        conversation_id=where.conversation_id,
        inbox_id=where.inbox_id,
        channel=where.channel,
        direction="note",
        subject="",
        text=masked(note),
        html="",
        message_id="",
        recipients=b"[]",
        agent_id=me.agent_id,
        delivery="",
        now=now,
        send_at=None,
    )
    if customer_id is None:
        raise NotFound("There is no such conversation.")
    await outbox.tell(tx, "note.written", customer_id, where.conversation_id, note_id, actor_id=me.agent_id)
    await sweep_note(tx, where.conversation_id, me, now)
    await mention(tx, mentions, (customer_id, where.conversation_id, note_id), me)
    return Note(note_id)
