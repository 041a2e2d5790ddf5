"""How it goes with a watched inbox, in words, for the desk."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.store import Connection, beside
from doorstep.store.reason import storable

sql = beside(__file__)

LONGEST = 500
"""Characters of what another server said."""


class Contact(msgspec.Struct, frozen=True):
    """Whether the other side answers, since when, and why not. `needs_consent`: nobody tries any more."""

    inbox_id: UUID
    is_connected: bool
    needs_consent: bool
    detail: str
    since: datetime


async def contacts(on: Connection) -> dict[UUID, Contact]:
    """By inbox. One that is not watched is missing."""
    return {contact.inbox_id: contact for contact in await sql.rows(on, "contacts", Contact)}


async def count_contacts(on: Connection, is_connected: bool) -> int:
    """How many watched inboxes are connected, or are not."""
    return int(await sql.value(on, "count_contacts", is_connected=is_connected))


async def note_contact(
    on: Connection, inbox_id: UUID, is_connected: bool, detail: str = "", needs_consent: bool = False
) -> None:
    """Note how it goes; `since` stays while it goes as before."""
    await sql.run(
        on,
        "note_contact",
        inbox_id=inbox_id,
        is_connected=is_connected,
        needs_consent=needs_consent,
        detail=storable(detail)[:LONGEST],
    )


async def forget_contact(on: Connection, inbox_id: UUID) -> None:
    """It is not watched any more."""
    await sql.run(on, "forget_contact", inbox_id=inbox_id)
