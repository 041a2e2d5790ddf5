"""A reply to a mail's bytes (RFC 5322, RFC 2047). Pure, and the same reply gives the same mail."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from doorstep.channels.email.below import html_of_all, text_of_all
from doorstep.channels.email.charsets import clean, line
from doorstep.channels.email.names import safe_name, safe_type
from doorstep.channels.email.threads import message_ids, once
from doorstep.kernel import Address, AddressKind, Attachment, Inbox, Invalid, Outgoing, made_at

MOST_REFERENCES = 20
LONGEST_LOCAL = 64
_SEVEN_BIT = SMTP.clone(cte_type="7bit")
_WORD_BYTES = 42
"""Of UTF-8 in one encoded word: 56 characters of base64 and 12 around them, under the 75 allowed."""

_ATOMS = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
_ANSWERS = re.compile(r"\s*(?:re|aw|antw|sv|vs|odp|ynt|απ|回复|答复|返信)\s*[:：]", re.I)
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LITERAL = re.compile(r"\[[A-Za-z0-9.:-]{2,100}\]")
_CONTENT_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=^_`{|}~.-]+@[A-Za-z0-9.-]+")
_READY = re.compile(r"[ -~]*")


def message_id(inbox: Inbox, reply_id: UUID) -> str:
    """The name of a reply: the same each time it is sent."""
    return f"<{reply_id}@{_domain(inbox.address)}>"


def format(outgoing: Outgoing, files: Mapping[str, bytes], sender_name: str = "") -> bytes:
    """The mail. `files`: the attachments by SHA-256. Raises `Invalid` for an address that is none."""
    rows = [f"{name}: {value}\r\n" for name, value in _headers(outgoing, sender_name)]
    return "".join(rows).encode() + bytes(_body(outgoing, files))


def bare(address: Address) -> str:
    """The address as it goes into the envelope. Raises `Invalid`."""
    local, _, domain = address.value.strip().rpartition("@")
    if (
        not local
        or not domain
        or line(address.value, 400) != address.value.strip()
        or set('<>,;:" ') & set(local)
        or not _is_domain(_domain(address.value.strip()))
    ):
        raise Invalid(f"“{line(address.value, 80)}” is no e-mail address.")
    return f"{local}@{_domain(address.value)}"


def _is_domain(domain: str) -> bool:
    """Names with a dot between them, or an address literal (RFC 5321 §4.1.2, RFC 1035 §2.3.4)."""
    if domain.startswith("["):
        return bool(_LITERAL.fullmatch(domain))
    return "." in domain and len(domain) <= 253 and all(map(_LABEL.fullmatch, domain.split(".")))


def reply_to(outgoing: Outgoing) -> str:
    """Our address with the conversation's token behind a plus, where there is room (RFC 5321 §4.5.3.1.1)."""
    local, _, domain = outgoing.inbox.address.rpartition("@")
    local = f"{local}+{outgoing.token}"
    return f"{local}@{domain}" if outgoing.token and len(local) <= LONGEST_LOCAL else ""


def _headers(outgoing: Outgoing, sender_name: str) -> Iterator[tuple[str, str]]:
    inbox = outgoing.inbox
    name = outgoing.sender_name or sender_name or inbox.name
    written_at = (outgoing.written_at or made_at(outgoing.id)).astimezone(UTC)
    yield "From", _mailbox(inbox.address, name)
    yield "To", _mailboxes(outgoing.to)
    if outgoing.cc:
        yield "Cc", _mailboxes(outgoing.cc)
    if answer := reply_to(outgoing):
        yield "Reply-To", _mailbox(answer, name)
    yield "Subject", _words(_subject(outgoing))
    yield "Date", format_datetime(written_at)
    yield "Message-ID", (message_ids(outgoing.message_id) or [message_id(inbox, outgoing.id)])[0]
    if outgoing.is_automatic:
        yield "Auto-Submitted", "auto-replied"
        yield "X-Auto-Response-Suppress", "All"
    yield from _thread(outgoing.references)


def _subject(outgoing: Outgoing) -> str:
    """An answer says so, once, whatever its language says already."""
    subject = line(outgoing.subject, 396)
    if outgoing.references and not _ANSWERS.match(subject):
        subject = f"Re: {subject}"
    return subject if outgoing.tag in subject else f"{subject} {outgoing.tag}"


def _thread(references: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The nearest is answered; all are referred to, the oldest first, and the first is never dropped."""
    names = once(name for said in references for name in message_ids(said) if name.isascii())
    if not names:
        return
    oldest_first = list(reversed(names))
    if len(oldest_first) > MOST_REFERENCES:
        oldest_first = [oldest_first[0], *oldest_first[-MOST_REFERENCES + 1 :]]
    yield "In-Reply-To", names[0]
    yield "References", "\r\n ".join(oldest_first)


def _mailboxes(addresses: tuple[Address, ...]) -> str:
    if not addresses:
        raise Invalid("The reply has no recipient.")
    return ",\r\n ".join(_mailbox(address.value, address.name) for address in addresses)


def _mailbox(value: str, name: str) -> str:
    address, name = bare(Address(AddressKind.MAILBOX, value)), line(name, 100)
    if not name:
        return address
    if _ATOMS.fullmatch(name) and "=?" not in name:
        return f"{name} <{address}>"
    if _READY.fullmatch(name) and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name)}\r\n <{address}>"


def _words(text: str) -> str:
    """Free text for a header: as it is, folded, or in encoded words."""
    if not _READY.fullmatch(text) or "=?" in text:
        return _encoded(text)
    return _folded(text)


def _folded(text: str) -> str:
    rows, room = [""], 66
    for word in text.split(" "):
        if rows[-1] and len(rows[-1]) + len(word) >= room:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}" if rows[-1] else word
    return "\r\n ".join(rows)


def _encoded(text: str) -> str:
    """Encoded words of UTF-8 in base64, never cut within a character."""
    chunks, chunk = [], ""
    for char in text:
        if len((chunk + char).encode()) > _WORD_BYTES:
            chunks.append(chunk)
            chunk = ""
        chunk += char
    return "\r\n ".join(f"=?utf-8?B?{b64encode(piece.encode()).decode()}?=" for piece in [*chunks, chunk])


def _body(outgoing: Outgoing, files: Mapping[str, bytes]) -> EmailMessage:
    message = EmailMessage(policy=_SEVEN_BIT)
    message.set_content(_rows(text_of_all(outgoing)))
    if html := html_of_all(outgoing):
        message.add_alternative(_rows(html), subtype="html")
    page = message.get_body(("html",))
    for file in outgoing.attachments:
        if isinstance(page, EmailMessage) and _is_within(file, html):
            _put_within(page, file, files[file.sha256])
    for file in outgoing.attachments:
        if not _is_within(file, html):
            _attach(message, file, files[file.sha256])
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"={outgoing.id.hex}={number}")
    return message


def _is_within(file: Attachment, html: str) -> bool:
    """Whether it is a picture that stands in the HTML (RFC 2392)."""
    return bool(_CONTENT_ID.fullmatch(file.content_id)) and f"cid:{file.content_id}" in html


def _put_within(page: EmailMessage, file: Attachment, content: bytes) -> None:
    main, _, sub = safe_type(file.media_type).partition("/")
    page.add_related(
        content,
        maintype=main,
        subtype=sub,
        cid=f"<{file.content_id}>",
        disposition="inline",
        filename=safe_name(file.name, file.media_type),
    )


def _attach(message: EmailMessage, file: Attachment, content: bytes) -> None:
    main, _, sub = safe_type(file.media_type).partition("/")
    if main in ("multipart", "message"):
        main, sub = "application", "octet-stream"
    message.add_attachment(
        content, maintype=main, subtype=sub, filename=safe_name(file.name, file.media_type)
    )


def _rows(text: str) -> str:
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def _domain(address: str) -> str:
    """The part behind the @, in ASCII where it can be."""
    domain = address.rpartition("@")[2]
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
