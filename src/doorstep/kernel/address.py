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
    CLAIMED = "claimed"
    """An address that somebody claims and that is not theirs: the signature of its owner failed."""
    ACCOUNT = "account"
    """A customer's name in a shop: what they sign in as, or the shop's own key for them."""
    CARD = "card"
    """A token that stands for a payment card; never a number."""
    TAIL = "tail"
    """The last eight digits of a telephone number, for those written without their country."""


class Address(msgspec.Struct, frozen=True):
    """`kind` and the normalised `value` are the identity; `name` is only what somebody called themselves."""

    kind: AddressKind
    value: str
    name: str = ""
