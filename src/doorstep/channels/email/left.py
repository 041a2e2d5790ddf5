"""A mail that we do not take over is never passed over in silence: the desk is told, and it stays there."""

from msgspec.structs import replace

from doorstep.channels.email.answers import Waiting
from doorstep.channels.email.wire import parse
from doorstep.kernel import Arrival, Inbox


def too_large(inbox: Inbox, mail: Waiting, header: bytes, largest: int) -> Arrival:
    """In the place of a mail over the limit."""
    return _told(
        inbox,
        mail,
        header,
        f"This mail has {_size(mail.size)}, and mails up to {_size(largest)} are taken over. "
        "It was left in the mailbox: read it there, or ask for it to be sent in parts.",
    )


def unfetched(inbox: Inbox, mail: Waiting, header: bytes, reason: str) -> Arrival:
    """In the place of a mail that the server does not give out."""
    return _told(
        inbox,
        mail,
        header,
        f"This mail could not be fetched, however often we tried: {reason}. It was left in the mailbox.",
    )


def unread(inbox: Inbox, mail: Waiting, raw: bytes, reason: str) -> Arrival:
    """In the place of a mail that our reader fails on. Its bytes go along, so it is not lost."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    notice = f"This mail could not be read: {reason}. It lies here whole, and in the mailbox."
    return replace(_told(inbox, mail, head, notice), raw=raw or b"\n")


def _told(inbox: Inbox, mail: Waiting, header: bytes, notice: str) -> Arrival:
    """A signal of what its header says, with a notice where its text would be."""
    raw = header.rstrip() or _unknown(inbox, mail)
    signal = parse(inbox, raw + b"\r\n\r\n", {}, mail.at).arrival.signal
    external_id = f"{signal.external_id} left"
    return Arrival(replace(signal, external_id=external_id, text=notice, html="", attachments=()), raw)


def _unknown(inbox: Inbox, mail: Waiting) -> bytes:
    name = f"<{inbox.id}.{mail.uid}.{int(mail.at.timestamp())}@left.invalid>"
    return f"Subject: A mail that could not be fetched\r\nMessage-ID: {name}".encode()


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:,.1f} MB"
