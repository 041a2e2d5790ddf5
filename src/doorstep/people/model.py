"""The people who work here."""

from uuid import UUID

import msgspec

from doorstep.people.roles import Role


class Me(msgspec.Struct, frozen=True):
    """Who is asking."""

    agent_id: UUID
    name: str
    role: Role
    sign_in: str
