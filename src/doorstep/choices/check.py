"""Check what is about to leave against the choices of whoever it reaches.

An answer to what a customer asked may leave at any hour, also when they want nothing else: they wait for it.
But not by a channel they refused, and not to somebody who wants no contact at all. *What they asked*: the
conversation is not resolved, and they wrote in it.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.choices.hours import is_within, next_within
from doorstep.choices.look import choices_of, sql
from doorstep.choices.model import Choices, Owner
from doorstep.customers import members
from doorstep.kernel import Address, Refused
from doorstep.store import Connection


class AgainstChoice(Refused):
    """The customer chose otherwise."""

    title = "Against the customer's choice"

    def __init__(self, customer_id: UUID, reason: str) -> None:
        self.customer_id = customer_id
        super().__init__(reason, customer_id=customer_id)


class Reach(msgspec.Struct, frozen=True):
    """Whom something reaches, and how. `customer_id`: whose conversation it is; None: a forward of it."""

    conversation_id: UUID
    channel: str
    label: str
    to: tuple[Address, ...] = ()
    customer_id: UUID | None = None


async def check_choices(on: Connection, reach: Reach, now: datetime | None) -> None:
    """Raises `AgainstChoice`. Without `now` it was let go within their hours, and only leaves."""
    for customer_id in await _reached(on, reach):
        records = await members(on, customer_id)
        choices = await choices_of(on, records)
        if choices == Choices():
            continue
        asked = await sql.value(on, "asked", conversation_id=reach.conversation_id, customer_ids=records)
        if reason := refusal_of(choices, reach.channel, reach.label, bool(asked), now):
            raise AgainstChoice(customer_id, reason)


async def refusal_for(on: Connection, reach: Reach, now: datetime) -> str:
    """Why it would be stopped, in words for the composer; empty: it would not."""
    try:
        await check_choices(on, reach, now)
    except AgainstChoice as error:
        return error.detail
    return ""


def refusal_of(choices: Choices, channel: str, label: str, asked: bool, now: datetime | None) -> str:
    """Why it may not leave, in words; empty: it may. `asked`: it answers what they ask. Pure."""
    if choices.contact == "none":
        return "The customer chose not to be contacted at all."
    if channel in choices.refused:
        return f"The customer chose not to be written to by {label}."
    if asked:
        return ""
    if choices.contact == "asked":
        return "The customer chose to hear from us only when they ask, and nothing they asked is open."
    if now is not None and not is_within(choices.hours, now):
        return f"The customer chose not to be reached at this hour{_until(choices, now)}."
    return ""


def _until(choices: Choices, now: datetime) -> str:
    opens = next_within(choices.hours, now)
    return f", but from {opens:%A %H:%M} ({choices.hours[0].time_zone})" if opens else ""


async def _reached(on: Connection, reach: Reach) -> list[UUID]:
    rows = await sql.rows(
        on, "owners", Owner, kinds=[a.kind for a in reach.to], vals=[a.value for a in reach.to]
    )
    theirs = [reach.customer_id] if reach.customer_id else []
    return list(dict.fromkeys([*theirs, *(row.customer_id for row in rows)]))
