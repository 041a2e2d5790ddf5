"""Who may use a route: each set is a route's `opt`, and a route without one does not start."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NotRequired, TypedDict


class Role(StrEnum):
    """What somebody is here to do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Roles(TypedDict):
    """A route's `opt`: the roles let in (none: anyone), and whether it acts on one's own sign-in only.

    `asks`: it lets anyone in, and asks who it is.
    """

    roles: frozenset[Role]
    own: NotRequired[bool]
    asks: NotRequired[bool]


READERS: Final[Roles] = {"roles": frozenset(Role)}
"""All who work here. The auditor only reads."""
AGENTS: Final[Roles] = {"roles": frozenset({Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR})}
"""All who may write."""
SUPERVISORS: Final[Roles] = {"roles": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})}
SUPERVISORS_READ: Final[Roles] = {"roles": SUPERVISORS["roles"] | {Role.AUDITOR}}
"""Supervisors, and the auditor: for routes that only read."""
ADMINISTRATORS: Final[Roles] = {"roles": frozenset({Role.ADMINISTRATOR})}
ONESELF: Final[Roles] = {"roles": frozenset(Role), "own": True}
"""All who work here, the auditor too, changing their own sign-in or what they have seen."""
ANYONE: Final[Roles] = {"roles": frozenset()}
"""Public: no sign-in."""
WHOEVER: Final[Roles] = {"roles": frozenset(), "asks": True}
"""Public, and told who it is that asks, if anybody."""

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def is_allowed(role: Role, method: str, opt: Mapping[str, Any]) -> bool:
    """Whether a role may use a route. The auditor reads; the only thing it changes is its own sign-in."""
    if role not in opt["roles"]:
        return False
    return role is not Role.AUDITOR or method in READING or bool(opt.get("own"))
