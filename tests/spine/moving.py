"""A shop's mailbox of years, made up: threads, our own answers, what is broken, each in its order."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import msgspec

FIRST = datetime(2011, 3, 1, 9, tzinfo=UTC)
CARE = "care@shop.example"
OLD = "hello@old-shop.example"
"""An address we once wrote from, and no inbox has."""
FROM = b"From MAILER-DAEMON Thu Mar  5 10:00:00 2009\n"


class Past(msgspec.Struct, frozen=True):
    """One mail: its thread, whether we wrote it, and its bytes."""

    thread: int
    is_ours: bool
    raw: bytes


def threads(count: int, seed: int = 1) -> Iterator[Past]:
    """So many threads of one to six mails, one customer each; we begin every seventh, half of it by OLD.

    Of answers a third names what it answers alone (In-Reply-To), as some programs do; some clocks are wrong.
    """
    dice = random.Random(seed)
    for thread in range(count):
        customer, begins = f"c{thread % (count * 3 // 4)}@mail.example", thread % 7 == 3
        names: list[str] = []
        at = FIRST + timedelta(hours=thread * 5)
        for n in range(dice.choice((1, 2, 2, 3, 4, 6))):
            is_ours = (n % 2 == 0) == begins
            us = OLD if thread % 2 else CARE
            mail = EmailMessage()
            mail["From"], mail["To"] = (us, customer) if is_ours else (customer, us)
            mail["Subject"] = f"{'Re: ' * bool(n)}Order {thread}"
            names.append(f"<{thread}.{n}@{'shop' if is_ours else 'mail'}.example>")
            mail["Message-ID"] = names[-1]
            if n:
                mail["In-Reply-To"] = names[-2]
                if dice.random() > 0.33:
                    mail["References"] = " ".join(names[:-1])
            at += timedelta(minutes=dice.randint(20, 3000))
            late = timedelta(days=dice.choice((0, 0, 0, 0, -40)) if n else 0)
            mail["Date"] = at + late
            mail.set_content(f"Hello,\n\nFrom what I see, number {n} of {thread} is late.\n\nBye\n")
            yield Past(thread, is_ours, mail.as_bytes())


def mbox(path: Path, mails: list[bytes]) -> Path:
    """An mbox of them (mboxrd)."""
    lines = (mail.replace(b"\nFrom ", b"\n>From ") for mail in mails)
    path.write_bytes(b"".join(FROM + mail + b"\n" for mail in lines))
    return path
