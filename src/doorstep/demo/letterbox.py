"""A filled form becomes a mail, and goes to the door by SMTP."""

import re
from datetime import datetime
from email.errors import MessageDefect, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

import aiosmtplib
import msgspec
from litestar.datastructures import UploadFile

from doorstep.demo.load import ORDERS, SUPPORT
from doorstep.kernel import Invalid, TooMuch

LARGEST_FILE: Final = 5_000_000
LENGTHS: Final = {"name": 100, "address": 254, "to": 254, "subject": 200, "text": 20_000, "in_reply_to": 500}
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")

_NO_ADDRESS: Final = "Give an e-mail address, as name@web.example."


class Form(msgspec.Struct, frozen=True):
    """What was filled in."""

    name: str = ""
    address: str = ""
    to: str = SUPPORT
    subject: str = ""
    text: str = ""
    in_reply_to: str = ""


async def mail_of(form: Form, file: object, now: datetime) -> EmailMessage:
    """The mail. Raises `Invalid` or `TooMuch`, saying which field."""
    check(form)
    mail = EmailMessage()
    mail["From"] = _sender(form)
    mail["To"] = form.to
    mail["Subject"] = _line(form.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain="play.example")
    if answered := _line(form.in_reply_to):
        mail["In-Reply-To"] = answered
        mail["References"] = answered
    mail.set_content(form.text)
    if isinstance(file, UploadFile) and file.filename:
        await _attach(mail, file)
    return mail


def check(form: Form) -> None:
    """Raises `Invalid` for what cannot be sent."""
    for name, most in LENGTHS.items():
        if len(getattr(form, name)) > most:
            raise Invalid(f"The {name.replace('_', ' ')} is longer than {most} characters. Make it shorter.")
    _sender(form)
    if form.to not in (SUPPORT, ORDERS):
        raise Invalid("Choose one of our two addresses.")
    if not form.text.strip():
        raise Invalid("Write a few words first.")


def _sender(form: Form) -> Address:
    address = form.address.strip()
    if not _ADDRESS.fullmatch(address):
        raise Invalid(_NO_ADDRESS)
    try:
        return Address(_line(form.name), addr_spec=address)
    except (MessageError, MessageDefect) as error:
        # Of the right letters, and yet none: two dots in a row, or one at an end.
        raise Invalid(_NO_ADDRESS) from error


async def _attach(mail: EmailMessage, file: UploadFile) -> None:
    content = await file.read()
    if len(content) > LARGEST_FILE:
        raise TooMuch("The file is over 5 MB. Take a smaller one.")
    said = file.content_type or ""
    kind = (
        said if re.fullmatch(r"(image|text|application)/[a-z0-9.+-]+", said) else "application/octet-stream"
    )
    main, _, sub = kind.partition("/")
    mail.add_attachment(content, maintype=main, subtype=sub, filename=_line(file.filename)[:120])


async def posted(mail: EmailMessage, form: Form, port: int) -> None:
    """Hand the mail to the door on `port`. Raises `Invalid` with what the door said."""
    try:
        await aiosmtplib.send(
            mail,
            sender=form.address.strip(),
            recipients=[form.to],
            hostname="127.0.0.1",
            port=port,
            start_tls=False,
            timeout=20,
        )
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Invalid(f"The door did not take the mail: {error}") from error


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
