"""Who may use a route: each set is a route's `opt`, and a route without one does not start."""

from enum import StrEnum
from typing import Final, TypedDict


class Role(StrEnum):
    """What somebody is here to do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Roles(TypedDict):
    """A route's `opt`: the roles let in. The empty set is for `ANYONE`, signed in or not."""

    roles: frozenset[Role]


READERS: Final[Roles] = {"roles": frozenset(Role)}
"""All who work here. The auditor only reads."""
AGENTS: Final[Roles] = {"roles": frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR})}
"""All who may write."""
SUPERVISORS: Final[Roles] = {"roles": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})}
SUPERVISORS_READ: Final[Roles] = {"roles": SUPERVISORS["roles"] | {Role.AUDITOR}}
"""Supervisors, and the auditor: for routes that only read."""
ADMINISTRATORS: Final[Roles] = {"roles": frozenset({Role.ADMINISTRATOR})}
ANYONE: Final[Roles] = {"roles": frozenset()}
"""Public: no sign-in."""
