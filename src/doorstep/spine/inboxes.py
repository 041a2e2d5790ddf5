"""Inboxes: our addresses, each on a channel, with that channel's settings and the queue it feeds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from doorstep.kernel import Channel, Conflict, ConsentState, Inbox, Invalid, NotFound, new_id, wrong_with
from doorstep.people import Me
from doorstep.spine.edge import sql
from doorstep.spine.inbox_settings import check_settings, secrets_of
from doorstep.spine.pollers import Contact, consent_of, contacts, secrets
from doorstep.store import Connection, outbox

Channels = Mapping[str, Channel]
LONGEST_PROMISE_S = 90 * 24 * 3600
Name = Annotated[str, msgspec.Meta(max_length=200)]


class NewInbox(msgspec.Struct, frozen=True):
    """An inbox to be. `reply_within_s` is its first-reply target in seconds; a new queue is made."""

    channel: str
    name: Name
    address: Name
    queue: Name = "Customer care"
    reply_within_s: int = 4 * 3600
    settings: dict[str, Any] = {}


class ChangedInbox(msgspec.Struct, frozen=True):
    """An inbox as it is to be. Its channel and its address stay, and so do settings that are not given.

    `keep_days`: after how many days what came by it is erased; null: never.
    """

    name: Name
    queue: Name
    reply_within_s: int
    settings: dict[str, Any] = {}
    keep_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] | None = None


class ConfiguredInbox(msgspec.Struct, frozen=True):
    """An inbox as it is set, and how it goes; what its channel keeps secret does not come back.

    `contact`: of an inbox that is watched elsewhere. `consent`: whether one was given, where one is needed.
    `secrets`: the names of those that are set. `last_at`: when something last came, if not long ago.
    """

    id: UUID
    channel: str
    name: str
    address: str
    queue: str
    reply_within_s: int
    settings: dict[str, Any]
    contact: Contact | None = None
    consent: ConsentState = ConsentState.NOT_NEEDED
    secrets: list[str] = []
    last_at: datetime | None = None
    keep_days: int | None = None


class InboxRow(msgspec.Struct, frozen=True):
    """An inbox as it is stored."""

    id: UUID
    channel: str
    name: str
    address: str
    queue: str
    reply_within_s: int
    settings: bytes
    keep_days: int | None


async def inboxes(on: Connection, channels: Channels) -> list[ConfiguredInbox]:
    """All of them, by address."""
    known, kept = await contacts(on), await secrets(on)
    last: dict[UUID, datetime] = {inbox_id: at for inbox_id, at in await sql.tuples(on, "last_arrivals")}
    rows = await sql.rows(on, "all_inboxes", InboxRow)
    shown = [_shown(row, channels, known.get(row.id), kept.get(row.id, b"")) for row in rows]
    return [msgspec.structs.replace(inbox, last_at=last.get(inbox.id)) for inbox in shown]


async def add_inbox(tx: Connection, channels: Channels, new: NewInbox, me: Me | None) -> UUID:
    """Add one. Raises `Invalid` for a channel or settings that are wrong, `Conflict` when it is there."""
    settings = _checked(channels, new)
    if wrong := wrong_with(channels[new.channel], new.address.strip()):
        raise Invalid(wrong, errors=[{"field": "address", "detail": wrong}])
    inbox_id = new_id()
    queue_id = await sql.value(tx, "queue_named", id=new_id(), name=new.queue)
    made = await sql.run(
        tx,
        "add_inbox",
        id=inbox_id,
        channel=new.channel,
        name=new.name,
        address=new.address.strip().lower(),
        settings=settings,
        queue_id=queue_id,
        reply_within_s=new.reply_within_s,
    )
    if not made:
        raise Conflict(f"There is an inbox {new.address} on this channel already.")
    await outbox.tell(tx, "inbox.added", subject_id=inbox_id, actor_id=me.agent_id if me else None)
    return inbox_id


async def change_settings(
    tx: Connection, channels: Channels, inbox_id: UUID, settings: dict[str, Any], me: Me
) -> None:
    """Change what is given and keep the rest. Raises `NotFound`, `Invalid`."""
    row = await _row(tx, inbox_id)
    changed = ChangedInbox(row.name, row.queue, row.reply_within_s, settings, row.keep_days)
    await change_inbox(tx, channels, inbox_id, changed, me)


async def change_inbox(
    tx: Connection, channels: Channels, inbox_id: UUID, changed: ChangedInbox, me: Me
) -> None:
    """Name it; say where it goes, how soon it is answered, how it is set. Raises `NotFound`, `Invalid`."""
    row = await _row(tx, inbox_id)
    whole = msgspec.json.decode(row.settings, type=dict[str, Any]) | changed.settings
    new = NewInbox(row.channel, changed.name, row.address, changed.queue, changed.reply_within_s, whole)
    settings = _checked(channels, new)
    await sql.run(
        tx,
        "set_inbox",
        id=inbox_id,
        name=new.name.strip(),
        queue_id=await sql.value(tx, "queue_named", id=new_id(), name=new.queue.strip()),
        reply_within_s=new.reply_within_s,
        settings=settings,
        keep_days=changed.keep_days,
    )
    await outbox.tell(tx, "inbox.changed", subject_id=inbox_id, actor_id=me.agent_id)


async def _row(tx: Connection, inbox_id: UUID) -> InboxRow:
    row = await sql.row(tx, "inbox_row", InboxRow, id=inbox_id)
    if row is None:
        raise NotFound("There is no such inbox.")
    return row


def _checked(channels: Channels, new: NewInbox) -> str:
    channel = channels.get(new.channel)
    if channel is None:
        raise Invalid(f"There is no channel {new.channel}; there are: {', '.join(sorted(channels))}.")
    if errors := [{"field": field, "detail": words} for field, words in _missing(new)]:
        raise Invalid(" ".join(error["detail"] for error in errors), errors=errors)
    check_settings(channel, new.settings)
    return msgspec.json.encode(new.settings).decode()


def _missing(new: NewInbox) -> Iterator[tuple[str, str]]:
    if not new.name.strip():
        yield "name", "An inbox has a name."
    if not new.address.strip():
        yield "address", "An inbox has an address."
    if not new.queue.strip():
        yield "queue", "Say which queue it goes to."
    if not 0 < new.reply_within_s <= LONGEST_PROMISE_S:
        yield "reply_within_s", "A first answer is due above 0 seconds and within 90 days."


def _shown(row: InboxRow, channels: Channels, contact: Contact | None, kept: bytes) -> ConfiguredInbox:
    settings = msgspec.json.decode(row.settings, type=dict[str, Any])
    secret = secrets_of(channels[row.channel]) if row.channel in channels else set(settings)
    open_settings = {key: value for key, value in settings.items() if key not in secret}
    return ConfiguredInbox(
        row.id,
        row.channel,
        row.name,
        row.address,
        row.queue,
        row.reply_within_s,
        open_settings,
        contact,
        consent_of(channels, Inbox(row.id, row.channel, row.name, row.address, row.settings), kept),
        sorted(key for key in secret if settings.get(key)),
        keep_days=row.keep_days,
    )
