"""Consent: somebody is asked elsewhere whether we may use an account, and the answer is kept as a secret.

The question is answered once, within minutes, by the session that asked it.
"""

import hashlib
import secrets as random
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from doorstep.kernel import Channel, Connects, ConsentState, DoorstepError, Inbox, Invalid, NotFound
from doorstep.people import Me, Session
from doorstep.spine.pollers.contact import sql
from doorstep.store import Connection, Database, outbox

Channels = Mapping[str, Channel]

PATIENCE = timedelta(minutes=15)
"""How long a person may take to answer."""
LONGEST = 4096
"""Characters of a parameter that comes back."""


class Asked(msgspec.Struct, frozen=True):
    """Where to send the person who is asked."""

    url: str


class Pending(msgspec.Struct, frozen=True):
    """A question that waits for its answer."""

    inbox_id: UUID
    back: str
    kept: str


async def secrets(on: Connection) -> dict[UUID, bytes]:
    """What came of each consent, by inbox."""
    return {inbox_id: value for inbox_id, value in await sql.tuples(on, "secrets")}


def consent_of(channels: Channels, inbox: Inbox, secret: bytes) -> ConsentState:
    """How it stands with an inbox."""
    channel = channels.get(inbox.channel)
    try:
        return channel.consent(inbox, secret) if isinstance(channel, Connects) else ConsentState.NOT_NEEDED
    except DoorstepError:
        return ConsentState.NOT_NEEDED


async def ask_for_consent(
    tx: Connection, channels: Channels, inbox_id: UUID, back: str, session: Session, now: datetime
) -> Asked:
    """Begin. `back`: our address that the answer comes to. Raises `NotFound`, `Invalid`, `Misconfigured`."""
    inbox, channel = await _connecting(tx, channels, inbox_id)
    if channel.consent(inbox, b"") is ConsentState.NOT_NEEDED:
        raise Invalid(
            "This inbox signs in by a password: no consent is needed. Set it to sign in by consent."
        )
    state = random.token_urlsafe(32)
    request = channel.ask(inbox, back, state)
    await sql.run(tx, "sweep_consent_requests", before=now - PATIENCE)
    await sql.run(
        tx,
        "keep_consent_request",
        state=_digest(state),
        inbox_id=inbox_id,
        session=_digest(session.csrf),
        back=back,
        kept=request.kept,
        now=now,
    )
    return Asked(request.url)


async def take_answer(
    db: Database, channels: Channels, answer: Mapping[str, str], session: Session, now: datetime
) -> UUID:
    """Take the answer that came back, and connect the inbox; its id. Raises `Invalid`, `Failed`."""
    said = {key: value[:LONGEST] for key, value in answer.items()}
    async with db.transaction() as tx:
        pending = await sql.row(
            tx,
            "take_consent_request",
            Pending,
            state=_digest(said.pop("state", "")),
            session=_digest(session.csrf),
            since=now - PATIENCE,
        )
    if pending is None:
        raise Invalid("Nobody here waits for this answer, or no longer. Begin again in the settings.")
    async with db.connection() as on:
        inbox, channel = await _connecting(on, channels, pending.inbox_id)
    try:
        secret = await channel.connect(inbox, pending.kept, pending.back, said)
    except DoorstepError as error:
        raise NotConnected(pending.inbox_id, error.detail) from error
    async with db.transaction() as tx:
        await _keep(tx, pending.inbox_id, secret, session.me)
    return pending.inbox_id


class NotConnected(Exception):
    """The answer was no, or could not be used; in words for the desk."""

    def __init__(self, inbox_id: UUID, detail: str) -> None:
        self.inbox_id, self.detail = inbox_id, detail
        super().__init__(detail)


async def _keep(tx: Connection, inbox_id: UUID, secret: bytes, me: Me) -> None:
    await sql.run(tx, "keep_secret", inbox_id=inbox_id, value=secret)
    await outbox.tell(tx, "inbox.connected", subject_id=inbox_id, actor_id=me.agent_id)


async def _connecting(on: Connection, channels: Channels, inbox_id: UUID) -> tuple[Inbox, Connects]:
    inbox = await sql.row(on, "inbox_to_connect", Inbox, id=inbox_id)
    if inbox is None:
        raise NotFound("There is no such inbox.")
    channel = channels.get(inbox.channel)
    if not isinstance(channel, Connects):
        raise Invalid("Inboxes of this channel are not connected by consent.")
    return inbox, channel


def _digest(said: str) -> bytes:
    return hashlib.sha256(said.encode("utf-8", "replace")).digest()
