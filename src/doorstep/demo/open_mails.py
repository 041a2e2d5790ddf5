"""The mails that wait on the desk when the demo begins: about real orders, in ten languages."""

import html
import random
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Final

from doorstep.demo.company import Company
from doorstep.demo.dice import HOUR, MINUTE, made_id, moment
from doorstep.demo.letters import Written, about
from doorstep.demo.load import ORDERS, SUPPORT
from doorstep.demo.orders import Sold
from doorstep.demo.pictures import page, photo
from doorstep.demo.words import Mail, mails

SPREAD: Final = 46 * HOUR

Posted = tuple[str, str, bytes]
"""Sender, recipient, and the mail as it goes over the wire."""


def open_mails(dice: random.Random, company: Company) -> list[Posted]:
    """About forty mails, oldest first, each from another customer; dated over the last two days."""
    used: set[str] = set()
    newest = sorted(company.sold, key=lambda sold: sold.since)
    times = sorted(company.now - int(dice.uniform(3 * MINUTE, SPREAD)) for _ in mails())
    shuffled = dice.sample(mails(), len(mails()))
    chosen = [(mail, about(dice, mail, newest, used)) for mail in shuffled]
    found = [(mail, sold) for mail, sold in chosen if sold]
    return [_posted(dice, mail, sold, at) for (mail, sold), at in zip(found, times, strict=False)]


def _posted(dice: random.Random, mail: Mail, sold: Sold, at: int) -> Posted:
    person, words = sold.person, Written(sold)
    recipient = ORDERS if mail.matter in ("parcel", "money") and dice.random() < 0.4 else SUPPORT
    message = EmailMessage()
    message["From"] = formataddr((person.name, person.mailbox))
    message["To"] = recipient
    message["Subject"] = mail.subject.format_map(words)
    message["Date"] = format_datetime(moment(at))
    message["Message-ID"] = f"<{made_id(dice, at)}@{person.mailbox.partition('@')[2]}>"
    text = mail.text.format_map(words)
    message.set_content(text)
    if mail.html:
        message.add_alternative(as_page(text, mail.language), subtype="html")
    _attach(dice, message, mail, sold)
    _bound(message, made_id(dice, at).hex)
    return person.mailbox, recipient, message.as_bytes()


def _bound(message: EmailMessage, name: str) -> None:
    """Fix what stands between the parts, which is made at random otherwise: the same mail, the same bytes."""
    for n, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"={name}.{n}")


def as_page(text: str, language: str) -> str:
    """A text as a small page, as mail programs write it."""
    paragraphs = "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in text.strip().split("\n\n")
    )
    side = "rtl" if language == "ar" else "ltr"
    return (
        f'<html><body lang="{language}" dir="{side}" style="font-family: Georgia">{paragraphs}</body></html>'
    )


def _attach(dice: random.Random, message: EmailMessage, mail: Mail, sold: Sold) -> None:
    if mail.attached == "photo":
        content = photo(dice.randrange(1000))
        message.add_attachment(content, maintype="image", subtype="png", filename=f"IMG_{sold.no}.png")
    elif mail.attached == "pdf":
        content = page([f"Order {sold.no}", sold.title, "", mail.subject.format_map(Written(sold))])
        message.add_attachment(content, maintype="application", subtype="pdf", filename=f"{sold.no}.pdf")
