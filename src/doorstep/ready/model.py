"""Words that are ready to be said."""

from typing import Annotated
from uuid import UUID

import msgspec

from doorstep.replies import Act

Acts = Annotated[tuple[Act, ...], msgspec.Meta(max_length=3)]


class NewMacro(msgspec.Struct, frozen=True):
    """Words to be kept ready. `queue`: the name of the only one they are for; empty, they are for all.

    `acts`: what is done to the conversation when a reply with them has left.
    """

    name: Annotated[str, msgspec.Meta(max_length=200)]
    html: Annotated[str, msgspec.Meta(max_length=50_000)]
    folder: Annotated[str, msgspec.Meta(max_length=100)] = ""
    queue: Annotated[str, msgspec.Meta(max_length=200)] = ""
    acts: Acts = ()


class MacroName(msgspec.Struct, frozen=True):
    """One to choose. `beginning`: its first words."""

    id: UUID
    name: str
    folder: str
    queue: str
    acts: list[Act]
    uses: int
    beginning: str


class Macro(msgspec.Struct, frozen=True):
    """One with its words."""

    id: UUID
    name: str
    folder: str
    queue: str
    acts: list[Act]
    uses: int
    html: str


class Filled(msgspec.Struct, frozen=True):
    """Its words as they are said here. `unknown`: the variables that stand in them as `[name?]`."""

    html: str
    unknown: tuple[str, ...]
    acts: list[Act]


class Signature(msgspec.Struct, frozen=True):
    """What stands under a reply."""

    html: Annotated[str, msgspec.Meta(max_length=20_000)] = ""


class InboxSignature(msgspec.Struct, frozen=True):
    """An inbox, everybody's signature there and one's own; null where there is none."""

    inbox_id: UUID
    channel: str
    inbox_name: str
    address: str
    ours: str | None
    own: str | None


class Variable(msgspec.Struct, frozen=True):
    """What can stand in words as `{{its.name}}`. `always`: it is known whomever one writes to."""

    name: str
    words: str
    example: str
    always: bool = False


class Facts(msgspec.Struct, frozen=True):
    """What is known of a conversation's customer, order and parcel."""

    customer_name: str = ""
    order_no: str = ""
    order_state: str = ""
    tracking_no: str = ""
    carrier: str = ""
