"""An address: one way to know or to reach a person."""

from enum import StrEnum

import msgspec


class AddressKind(StrEnum):
    """What sort of address it is. The kind says what equality means, whatever channel it came by."""

    MAILBOX = "mailbox"
    """An e-mail address, lower case."""
    NUMBER = "number"
    """A telephone number, E.164."""
    HANDLE = "handle"
    """A name on a network, `network:handle`."""
    DEVICE = "device"
    LOYALTY = "loyalty"
    POSTAL = "postal"
    VISITOR = "visitor"
    """A browser or a program that has not said who it is."""


class Address(msgspec.Struct, frozen=True):
    """`kind` and the normalised `value` are the identity; `name` is only what somebody called themselves."""

    kind: AddressKind
    value: str
    name: str = ""
