"""A mailbox full of mail: who wrote what, in answer to what, and where each mail belongs."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import msgspec

from tests.kills.process import INBOX

REPLIES = 0.6
OURS = 0.15
"""The share of mails that answer, and of these, of those that answer a mail of ours."""
TWICE = 0.01
"""The share of mails that lie in the mailbox a second time."""


class Written(msgspec.Struct, frozen=True):
    """One mail. `root` names the mail that began its conversation."""

    name: str
    person: int
    root: str
    raw: bytes


class Ours(msgspec.Struct, frozen=True):
    """A mail that we had sent: to whom, and in whose conversation."""

    name: str
    person: int
    root: str


def write(count: int, people: int, ours: Sequence[Ours], seed: int) -> list[Written]:
    """So many mails of so many people, oldest first, each a second after the one before."""
    dice, began = random.Random(seed), datetime.now(UTC) - timedelta(seconds=count + 60)
    written: list[Written] = []
    threads: dict[int, list[list[Written | Ours]]] = {}
    for mine in ours:
        threads.setdefault(mine.person, []).append([mine])
    answerable = [mine.person for mine in ours]
    for number in range(count):
        person = dice.randrange(people)
        if answerable and dice.random() < OURS:
            person = dice.choice(answerable)
        known = threads.setdefault(person, [])
        thread = dice.choice(known) if known and dice.random() < _share(number, count) else []
        if not thread:
            known.append(thread)
        mail = _mail(number, person, thread, began + timedelta(seconds=number), dice)
        thread.append(mail)
        written.append(mail)
    return written


def _share(number: int, count: int) -> float:
    """More than the share at first would be none, for want of anything to answer."""
    return min(0.95, REPLIES * 1.1 if number > count / 20 else REPLIES * 1.4)


def _mail(
    number: int, person: int, thread: "Sequence[Written | Ours]", at: datetime, dice: random.Random
) -> Written:
    name, mail = f"<{number}.{dice.getrandbits(32):08x}@mail.example>", EmailMessage()
    mail["From"] = f"Person {person} <person{person}@mail.example>"
    mail["To"], mail["Message-ID"], mail["Date"] = INBOX, name, format_datetime(at)
    mail["Subject"] = "My order"
    if thread:
        earlier = [one.name for one in thread]
        mail["In-Reply-To"] = dice.choice(earlier)
        mail["References"] = " ".join(earlier[-10:])
    mail.set_content(f"Where is it?\nThis is {number}.\n" * dice.randrange(1, 40))
    return Written(name, person, thread[0].root if thread else name, mail.as_bytes())


def with_repeats(written: Sequence[Written], seed: int) -> list[bytes]:
    """As they lie in the mailbox: some were delivered twice."""
    dice, raws = random.Random(seed), []
    for mail in written:
        raws.append(mail.raw)
        if dice.random() < TWICE:
            raws.append(mail.raw)
    return raws
