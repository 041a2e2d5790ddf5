"""Inboxes: our addresses, each on a channel, with that channel's settings and the queue it feeds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from doorstep.kernel import Channel, Conflict, ConsentState, Inbox, Invalid, NotFound, new_id, wrong_with
from doorstep.people import Me
from doorstep.spine.edge import sql
from doorstep.spine.pollers import Contact, consent_of, contacts, secrets
from doorstep.store import Connection, outbox

Channels = Mapping[str, Channel]


class NewInbox(msgspec.Struct, frozen=True):
    """An inbox to be. `reply_within_s` is its first-reply target in seconds; a new queue is made."""

    channel: str
    name: str
    address: str
    queue: str = "Customer care"
    reply_within_s: int = 4 * 3600
    settings: dict[str, Any] = {}


class ConfiguredInbox(msgspec.Struct, frozen=True):
    """An inbox as it is set, and how it goes; what its channel keeps secret does not come back.

    `contact`: of an inbox that is watched elsewhere. `consent`: whether one was given, where one is needed.
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


class InboxRow(msgspec.Struct, frozen=True):
    """An inbox as it is stored."""

    id: UUID
    channel: str
    name: str
    address: str
    queue: str
    reply_within_s: int
    settings: bytes


async def inboxes(on: Connection, channels: Channels) -> list[ConfiguredInbox]:
    """All of them, by address."""
    known, kept = await contacts(on), await secrets(on)
    rows = await sql.rows(on, "all_inboxes", InboxRow)
    return [_shown(row, channels, known.get(row.id), kept.get(row.id, b"")) for row in rows]


async def add_inbox(tx: Connection, channels: Channels, new: NewInbox, me: Me | None) -> UUID:
    """Add one. Raises `Invalid` for a channel or settings that are wrong, `Conflict` when it is there."""
    settings = _checked(channels, new)
    if wrong := wrong_with(channels[new.channel], new.address.strip()):
        raise Invalid(wrong)
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
    row = await sql.row(tx, "inbox_row", InboxRow, id=inbox_id)
    if row is None:
        raise NotFound("There is no such inbox.")
    whole = msgspec.json.decode(row.settings, type=dict[str, Any]) | settings
    new = NewInbox(row.channel, row.name, row.address, settings=whole)
    await sql.run(tx, "set_inbox", id=inbox_id, settings=_checked(channels, new))
    await outbox.tell(tx, "inbox.changed", subject_id=inbox_id, actor_id=me.agent_id)


def _checked(channels: Channels, new: NewInbox) -> str:
    channel = channels.get(new.channel)
    if channel is None:
        raise Invalid(f"There is no channel {new.channel}; there are: {', '.join(sorted(channels))}.")
    if not new.address.strip() or not new.name.strip() or new.reply_within_s <= 0:
        raise Invalid("An inbox has a name, an address, and a first-reply target above 0 seconds.")
    try:
        msgspec.convert(new.settings, channel.settings)
    except msgspec.ValidationError as error:
        raise Invalid(f"The settings are not as {channel.label} wants them: {error}.") from error
    return msgspec.json.encode(new.settings).decode()


def _shown(row: InboxRow, channels: Channels, contact: Contact | None, kept: bytes) -> ConfiguredInbox:
    settings = msgspec.json.decode(row.settings, type=dict[str, Any])
    secret = _secrets(channels[row.channel]) if row.channel in channels else set(settings)
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
    )


def _secrets(channel: Channel) -> set[str]:
    schema = msgspec.json.schema(channel.settings)
    defined = next(iter(schema.get("$defs", {}).values()), schema)
    return {name for name, field in defined.get("properties", {}).items() if field.get("writeOnly")}
