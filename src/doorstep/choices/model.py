"""A customer's choices."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Contact = Literal["any", "asked", "none"]
"""Whether they may be written to: at any time; only to answer what they ask; not at all."""
Key = Annotated[str, msgspec.Meta(max_length=40)]


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When they are to be reached, in their own zone (IANA). 1 is Monday; an end at 00:00 is midnight."""

    begins: time
    ends: time
    time_zone: Annotated[str, msgspec.Meta(max_length=60)]
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)


class Choices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What they chose; empty, they chose nothing. Channels by their keys. Of several `hours` all must hold.

    `language`: BCP 47, as `de` or `pt-BR`.
    """

    contact: Contact = "any"
    preferred: Key = ""
    refused: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    language: Annotated[str, msgspec.Meta(max_length=35)] = ""


class NewChoices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What they chose, and how we know: `on the phone today`."""

    choices: Choices
    how: Annotated[str, msgspec.Meta(max_length=300)] = ""


class StandingChoice(msgspec.Struct, frozen=True):
    """What holds, who noted it, when, and how it is known; `said_by` is empty when nothing was chosen."""

    choices: Choices
    said_by: Literal["", "agent", "customer"] = ""
    said_at: datetime | None = None
    agent_name: str | None = None
    how: str = ""


class ChoiceRow(msgspec.Struct, frozen=True):
    """A choice as it is stored; `content` is the JSON of it."""

    customer_id: UUID
    content: bytes
    said_by: Literal["agent", "customer"]
    said_at: datetime
    agent_name: str | None
    how: str


class Owner(msgspec.Struct, frozen=True):
    """Whose an address is."""

    kind: str
    value: str
    customer_id: UUID


class Refusals(msgspec.Struct, frozen=True):
    """How many replies against a choice were stopped: today (UTC), in the last 30 days, and ever."""

    today: int
    days_30: int
    ever: int
