"""The routes that need the spine: answers, and what has not come through."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import Parameter
from litestar.response import Stream

from doorstep import replies
from doorstep.choices import AgainstChoice, tell_refusal
from doorstep.kernel import Bus, Clock, Files, Traits
from doorstep.kernel.bus import JOBS, SIGNALS
from doorstep.people import ADMINISTRATORS, AGENTS, READERS, SUPERVISORS, SUPERVISORS_READ, Me
from doorstep.replies import NewNote, NewReply, Note, Reply
from doorstep.spine.inboxes import (
    ChangedInbox,
    ConfiguredInbox,
    NewInbox,
    add_inbox,
    change_inbox,
    change_settings,
    inboxes,
)
from doorstep.spine.model import Reconciled, Undelivered
from doorstep.spine.original import Came, of_interaction, of_undelivered, original
from doorstep.spine.outbound import Channels, answer, note
from doorstep.spine.undelivered import reconcile, replay, undelivered
from doorstep.store import Connection, Database, outbox
from doorstep.store.dead_jobs import DeadJob, dead, revive

OPAQUE = "application/octet-stream"


class UndeliveredPage(msgspec.Struct, frozen=True):
    """A page of what did not come through; `next` is the cursor to go on with."""

    rows: list[Undelivered]
    next: UUID | None


class DeadJobs(msgspec.Struct, frozen=True):
    """A page of jobs that failed for good; `next` is the cursor to go on with."""

    rows: list[DeadJob]
    next: UUID | None


class Made(msgspec.Struct, frozen=True):
    """The id of what was made."""

    id: UUID


@post("/api/conversations/{conversation_id:uuid}/replies", opt=AGENTS)
async def post_reply(
    tx: Connection,
    db: Database,
    me: Me,
    clock: Clock,
    channels: Channels,
    conversation_id: UUID,
    data: NewReply,
) -> Reply:
    """Answer. It leaves in ten seconds; sent again under its id, it leaves once.

    What the customer's choice forbids is refused with that choice as the reason, and counted.
    """
    now = clock.now()
    try:
        return await answer(tx, channels, conversation_id, data, me, now)
    except AgainstChoice as error:
        async with db.transaction() as told:
            await tell_refusal(told, error.customer_id, conversation_id, me.agent_id, now)
        raise


@delete("/api/replies/{reply_id:uuid}", opt=AGENTS, status_code=200)
async def delete_reply(tx: Connection, me: Me, clock: Clock, reply_id: UUID) -> NewReply:
    """Take a reply back that has not left; the words are returned."""
    return await replies.undo(tx, reply_id, me, clock.now())


@post("/api/replies/{reply_id:uuid}/retry", opt=AGENTS, status_code=200)
async def post_retry(tx: Connection, me: Me, clock: Clock, bus: Bus, reply_id: UUID) -> Reply:
    """Send a failed reply once more."""
    reply = await replies.retry(tx, reply_id, me, clock.now())
    bus.wake(JOBS)
    return reply


@post("/api/conversations/{conversation_id:uuid}/notes", opt=AGENTS)
async def post_note(tx: Connection, me: Me, clock: Clock, conversation_id: UUID, data: NewNote) -> Note:
    """Write a note among ourselves."""
    return await note(tx, conversation_id, data, me, clock.now())


@get("/api/undelivered", opt=SUPERVISORS_READ)
async def get_undelivered(
    db: Database, after: UUID | None = None, limit: Annotated[int, Parameter(ge=1, le=200)] = 100
) -> UndeliveredPage:
    """What failed at every try, newest first."""
    async with db.connection() as on:
        rows = await undelivered(on, after, limit)
    return UndeliveredPage(rows, rows[-1].id if len(rows) == limit else None)


@get("/api/undelivered/{identifier:uuid}/original", opt=SUPERVISORS_READ, media_type=OPAQUE)
async def get_undelivered_original(
    tx: Connection, me: Me, files: Files, channels: Channels, identifier: UUID
) -> Stream:
    """What came and could not be shown, as it came; only ever saved."""
    return await _original(tx, me, files, channels, await of_undelivered(tx, identifier))


@get("/api/interactions/{interaction_id:uuid}/original", opt=READERS, media_type=OPAQUE)
async def get_original(
    tx: Connection, me: Me, files: Files, channels: Channels, interaction_id: UUID
) -> Stream:
    """A message as it came, to the last byte; only ever saved."""
    return await _original(tx, me, files, channels, await of_interaction(tx, interaction_id))


async def _original(tx: Connection, me: Me, files: Files, channels: Channels, came: Came) -> Stream:
    content = await original(tx, files, came)
    await outbox.tell(
        tx, "customer.read_original", came.customer_id, subject_id=came.signal_id, actor_id=me.agent_id
    )
    by = channels.get(came.channel)
    ending = (by.traits if by else Traits()).original
    headers = {
        "Content-Disposition": f'attachment; filename="original-{came.signal_id}.{ending}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Stream(content, media_type=OPAQUE, headers=headers)


@post("/api/undelivered/{identifier:uuid}/replay", opt=SUPERVISORS, status_code=202)
async def post_replay(tx: Connection, me: Me, bus: Bus, identifier: UUID) -> None:
    """Send it through again."""
    signal_id = await replay(tx, identifier)
    await outbox.tell(tx, "signal.replayed", subject_id=signal_id, actor_id=me.agent_id)
    bus.wake(SIGNALS)


@get("/api/jobs/dead", opt=SUPERVISORS_READ)
async def get_dead_jobs(
    db: Database, after: UUID | None = None, limit: Annotated[int, Parameter(ge=1, le=200)] = 100
) -> DeadJobs:
    """The jobs that failed at every try, the last one made first; not what they were about."""
    async with db.connection() as on:
        rows = await dead(on, after, limit)
    return DeadJobs(rows, rows[-1].id if len(rows) == limit else None)


@post("/api/jobs/{job_id:uuid}/retry", opt=SUPERVISORS, status_code=202)
async def post_job_retry(tx: Connection, me: Me, bus: Bus, job_id: UUID) -> None:
    """Give a dead job its tries back."""
    await revive(tx, job_id)
    await outbox.tell(tx, "job.retried", subject_id=job_id, actor_id=me.agent_id)
    bus.wake(JOBS)


@get("/api/reconciliation", opt=SUPERVISORS_READ)
async def get_reconciliation(
    db: Database, clock: Clock, days: Annotated[int, Parameter(ge=1, le=400)] = 14
) -> list[Reconciled]:
    """Accepted against shown, for each inbox and day. What is missing must be nothing."""
    since = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    async with db.connection() as on:
        return await reconcile(on, since)


@get("/api/inboxes", opt=SUPERVISORS_READ)
async def get_inboxes(db: Database, channels: Channels) -> list[ConfiguredInbox]:
    """Our addresses."""
    async with db.connection() as on:
        return await inboxes(on, channels)


@post("/api/inboxes", opt=ADMINISTRATORS)
async def post_inbox(tx: Connection, me: Me, channels: Channels, data: NewInbox) -> Made:
    """Add an address of ours."""
    return Made(await add_inbox(tx, channels, data, me))


@put("/api/inboxes/{inbox_id:uuid}", opt=ADMINISTRATORS, status_code=204)
async def put_inbox(tx: Connection, me: Me, channels: Channels, inbox_id: UUID, data: ChangedInbox) -> None:
    """Name an address of ours, and say where it goes, by when it is answered and how it is set."""
    await change_inbox(tx, channels, inbox_id, data, me)


@patch("/api/inboxes/{inbox_id:uuid}", opt=ADMINISTRATORS, status_code=204)
async def patch_inbox(
    tx: Connection, me: Me, channels: Channels, inbox_id: UUID, data: dict[str, Any]
) -> None:
    """Change settings of an address; what is not given stays."""
    await change_settings(tx, channels, inbox_id, data, me)


routes = [
    get_inboxes,
    post_inbox,
    put_inbox,
    patch_inbox,
    post_reply,
    delete_reply,
    post_retry,
    post_note,
    get_undelivered,
    get_undelivered_original,
    get_original,
    post_replay,
    get_dead_jobs,
    post_job_retry,
    get_reconciliation,
]
