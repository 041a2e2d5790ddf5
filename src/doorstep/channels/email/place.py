"""How far a folder was read: the checkpoint, which is committed together with what was read."""

from datetime import date

import msgspec


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything up to `uid` is read. UIDs mean something only under one UIDVALIDITY (RFC 9051 §2.3.1.1)."""

    validity: int
    uid: int = 0
    first: int = 0
    """Mails with a UID below this were there before us, and are taken only as far as `only` says."""
    only: str = ""
    """A search key (RFC 9051 §6.4.4); empty: all."""
    unmarked: tuple[int, ...] = ()
    """What was taken last: whether it was marked as read, or moved, is not known."""
    on: date | None = None
    """The day of the last commit."""


KEYS = {"all": "", "unread": "UNSEEN", "new": ""}


def begin(begin_with: str, validity: int, next_uid: int) -> Place:
    """Where to begin in a folder that was never looked into."""
    if begin_with == "new":
        return Place(validity, uid=next_uid - 1)
    return Place(validity, first=next_uid, only=KEYS[begin_with])


def go_on(known: str, begin_with: str, validity: int, next_uid: int) -> Place:
    """Where to go on. When the server has given new UIDs, all is looked at again that may be new.

    What comes twice by that is recognised by its content, and stored once.
    """
    if not known:
        return begin(begin_with, validity, next_uid)
    place = msgspec.json.decode(known, type=Place)
    if place.validity == validity:
        return place
    since = f"SINCE {_spoken(place.on)}" if place.on and begin_with != "all" else ""
    return Place(validity, first=next_uid, only=since)


def encoded(place: Place) -> str:
    return msgspec.json.encode(place).decode()


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _spoken(on: date) -> str:
    """The day before, as IMAP writes dates; a server's day may begin before ours."""
    before = date.fromordinal(on.toordinal() - 1)
    return f"{before.day}-{MONTHS[before.month - 1]}-{before.year}"
