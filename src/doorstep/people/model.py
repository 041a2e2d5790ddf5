"""The people who work here."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from doorstep.people.roles import Role


class Me(msgspec.Struct, frozen=True):
    """Who is asking."""

    agent_id: UUID
    name: str
    role: Role
    sign_in: str


class Session(msgspec.Struct, frozen=True):
    """Who has signed in, and what every change must carry as `X-CSRF-Token`."""

    agent_id: UUID
    name: str
    role: Role
    sign_in: str
    csrf: str
    must_change_password: bool = False
    """Somebody else chose it: nothing else is allowed until they chose their own."""

    @property
    def me(self) -> Me:
        """Who it belongs to."""
        return Me(self.agent_id, self.name, Role(self.role), self.sign_in)


class Agent(msgspec.Struct, frozen=True):
    """Somebody who works here, or did."""

    id: UUID
    sign_in: str
    name: str
    role: Role
    created_at: datetime
    ended_at: datetime | None


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who works here, by name."""

    id: UUID
    name: str


class Known(msgspec.Struct, frozen=True):
    """What a sign-in is compared with; never leaves the room."""

    id: UUID
    sign_in: str
    name: str
    role: Role
    password: str
    ended_at: datetime | None


class AuditRow(msgspec.Struct, frozen=True):
    """An event as it lies in the database."""

    seq: int
    at: datetime
    kind: str
    customer_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    actor_id: UUID | None
    data: str
    why: str | None = None


class AuditEvent(msgspec.Struct, frozen=True):
    """Something that happened: what, when, to whom and by whom; ids, never content.

    `why`: the words that an agent gave for it, as long as they are kept.
    """

    seq: int
    at: datetime
    kind: str
    customer_id: UUID | None
    conversation_id: UUID | None
    subject_id: UUID | None
    actor_id: UUID | None
    data: dict[str, Any]
    why: str | None = None


class AuditPage(msgspec.Struct, frozen=True):
    """A stretch of the audit, newest first; `next` is what to ask for before, if there may be more."""

    rows: list[AuditEvent]
    next: int | None
