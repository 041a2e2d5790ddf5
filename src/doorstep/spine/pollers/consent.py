"""Consent: whether one is needed to use an account elsewhere, and was given."""

from collections.abc import Mapping
from uuid import UUID

from doorstep.kernel import Channel, Connects, ConsentState, DoorstepError, Inbox
from doorstep.spine.pollers.contact import sql
from doorstep.store import Connection


async def secrets(on: Connection) -> dict[UUID, bytes]:
    """What came of each consent, by inbox."""
    return {inbox_id: value for inbox_id, value in await sql.tuples(on, "secrets")}


def consent_of(channels: Mapping[str, Channel], inbox: Inbox, secret: bytes) -> ConsentState:
    """How it stands with an inbox."""
    channel = channels.get(inbox.channel)
    try:
        return channel.consent(inbox, secret) if isinstance(channel, Connects) else ConsentState.NOT_NEEDED
    except DoorstepError:
        return ConsentState.NOT_NEEDED
