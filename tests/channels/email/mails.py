"""Mails to test with, and how they are read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from doorstep.channels.email.wire import parse
from doorstep.kernel import Inbox, Parsed, Signal

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
INBOX = Inbox(UUID("0195551c-0000-7000-8000-00000000beef"), "email", "Shop", "support@shop.test")


def mail(body: str | bytes = "Hello", **headers: str) -> bytes:
    """A mail with these headers (`_` for `-`); sender, recipient, date and name are there unless given."""
    usual = {
        "From": "Ada <ada@example.test>",
        "To": "support@shop.test",
        "Date": "Mon, 02 Mar 2026 10:00:00 +0000",
        "Message-ID": "<one@example.test>",
    }
    fields = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return (
        head.encode("utf-8", "surrogateescape") + b"\r\n" + (body.encode() if isinstance(body, str) else body)
    )


def multipart(*parts: str, kind: str = "mixed", **headers: str) -> bytes:
    """A mail of parts; each has its own headers."""
    body = "".join(f"--edge\r\n{part}\r\n" for part in parts) + "--edge--\r\n"
    return mail(body, Content_Type=f"multipart/{kind}; boundary=edge", **headers)


def read(raw: bytes, meta: Mapping[str, str] | None = None, inbox: Inbox = INBOX) -> Signal:
    return read_all(raw, meta, inbox).arrival.signal


def read_all(raw: bytes, meta: Mapping[str, str] | None = None, inbox: Inbox = INBOX) -> Parsed:
    return parse(inbox, raw, meta or {}, NOON)
