"""What was said over the year and is settled: mails, answers, notes; with its journal, so counts agree."""

import random
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from uuid import UUID

import msgspec

from doorstep.demo.company import Company
from doorstep.demo.dice import DAY, HOUR, MINUTE, Weighted, made_id, moment
from doorstep.demo.letters import Written, fits
from doorstep.demo.orders import Sold
from doorstep.demo.rhythm import Rhythm, writing
from doorstep.demo.tables import Rows
from doorstep.demo.words import Mail, answers, mails
from doorstep.kernel import Address, AddressKind, Signal

CONVERSATIONS: Final = 1250
WRITERS: Final = 420
NOTES: Final = (
    "Asked Northline, they look for it today.",
    "Called the depot. They found it under another label.",
    "New one reserved in Hamburg.",
    "Second time this quarter with this shelf. Told packing.",
    "Good customer since the first shop. Be generous.",
)
SHARES: Final = {"parcel": 34, "goods": 24, "money": 18, "question": 14, "praise": 10}


class Setting(msgspec.Struct, frozen=True):
    """Where it was said, and who answered."""

    channel: str
    inbox_id: UUID
    address: str
    queue_id: UUID
    agents: Sequence[UUID]


class Talk:
    """Writes past conversations as rows."""

    def __init__(self, dice: random.Random, setting: Setting, company: Company, rows: Rows) -> None:
        self._dice = dice
        self._setting = setting
        self._rhythm: Rhythm = writing(company.now)
        self._now = company.now
        self._rows = rows

    def settle(self, sold: Sold, mail: Mail) -> None:
        """One conversation about an order: a mail, an answer, perhaps a note and a thank-you; resolved."""
        begins = self._begins(sold)
        words, told = Written(sold), answers()[mail.language]
        case = _Case(made_id(self._dice, begins), sold, mail.subject.format_map(words), [])
        agent = self._dice.choice(self._setting.agents) if self._setting.agents else None
        self._came(case, begins, mail.text.format_map(words), "")
        answered = begins + int(self._dice.lognormvariate(0, 0.9) * 95 * MINUTE)
        if self._dice.random() < 0.3:
            self._put(case, begins + (answered - begins) // 2, "note", self._dice.choice(NOTES), "", agent)
        said = f"{told.greeting}\n\n{getattr(told, mail.matter)}\n\nMarlow & Finch".format_map(words)
        self._went(case, answered, said, agent)
        ended = answered + int(self._dice.uniform(5, 90) * MINUTE)
        if self._dice.random() < 0.45:
            ended = answered + int(self._dice.uniform(0.5, 30) * HOUR)
            self._came(case, ended, told.thanks.format_map(words), "Re: ")
            ended += int(self._dice.uniform(2, 120) * MINUTE)
        self._close(case, begins, ended, agent)

    def _begins(self, sold: Sold) -> int:
        day = min(sold.since + int(self._dice.uniform(0.2, 4) * DAY), self._now - 5 * DAY)
        return self._rhythm.at_hour(self._dice, day - day % DAY)

    def _came(self, case: "_Case", at: int, text: str, prefix: str) -> None:
        to = Address(AddressKind.MAILBOX, self._setting.address)
        name = f"<{made_id(self._dice, at)}@{case.sold.person.mailbox.partition('@')[2]}>"
        signal = Signal(
            inbox_id=self._setting.inbox_id,
            channel=self._setting.channel,
            external_id=name,
            sender=Address(AddressKind.MAILBOX, case.sold.person.mailbox, case.sold.person.name),
            happened_at=moment(at - self._dice.randrange(900, 20_000)),
            to=(to,),
            subject=prefix + case.subject,
            text=text,
            message_id=name,
            references=tuple(reversed(case.names)),
        )
        signal_id = self._put(case, at, "in", text, name, None, prefix, signal)
        inbox_id, received = self._setting.inbox_id, moment(at)
        self._rows["seen"].append((inbox_id, name, signal_id))
        journal = (signal_id, received, inbox_id, self._setting.channel, msgspec.json.encode(signal))
        self._rows["journal"].append((*journal, _raw(signal)))

    def _went(self, case: "_Case", at: int, text: str, agent: UUID | None) -> None:
        name = f"<{made_id(self._dice, at)}@{self._setting.address.partition('@')[2]}>"
        self._put(case, at, "out", text, name, agent, "Re: ")

    def _put(
        self,
        case: "_Case",
        at: int,
        direction: str,
        text: str,
        name: str,
        agent: UUID | None,
        prefix: str = "",
        signal: Signal | None = None,
    ) -> UUID:
        setting, person, entry_id = self._setting, case.sold.person, made_id(self._dice, at)
        self._rows["interaction"].append(
            (
                entry_id,
                person.id,
                person.mailbox_id if signal else None,
                case.id,
                setting.inbox_id,
                setting.channel,
                direction,
                "message",
                signal.happened_at if signal else moment(at),
                moment(at),
                prefix + case.subject if direction != "note" else "",
                text,
                name,
                _recipients(direction, person.mailbox, setting.address),
                agent,
                "sent" if direction == "out" else "",
                "250 2.0.0 taken" if direction == "out" else "",
            )
        )
        if name:
            case.names.append(name)
        case.count += 1
        return entry_id

    def _close(self, case: "_Case", begins: int, ended: int, agent: UUID | None) -> None:
        setting, person = self._setting, case.sold.person
        action = (person.id, case.id, agent, moment(ended), "resolved")
        self._rows["action"].append((made_id(self._dice, ended), *action))
        of = (case.id, person.id, setting.inbox_id, setting.queue_id, setting.channel, case.subject)
        times = (moment(begins), moment(ended), False, case.count, case.count)
        self._rows["conversation"].append((*of, "resolved", agent, *times))


class _Case(msgspec.Struct):
    id: UUID
    sold: Sold
    subject: str
    names: list[str]
    count: int = 0


def _recipients(direction: str, mailbox: str, address: str) -> bytes:
    if direction == "note":
        return b"[]"
    to = Address(AddressKind.MAILBOX, mailbox if direction == "out" else address)
    return msgspec.json.encode(((to,), ()))


def _raw(signal: Signal) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{signal.sender.name} <{signal.sender.value}>"
    mail["To"] = signal.to[0].value
    mail["Subject"] = signal.subject
    mail["Date"] = format_datetime(signal.happened_at)
    mail["Message-ID"] = signal.message_id
    mail.set_content(signal.text)
    return mail.as_bytes()


def talk_over_the_year(
    dice: random.Random, setting: Setting, company: Company, rows: Rows, scale: float
) -> None:
    """Past conversations of a few hundred people, over the whole year."""
    by_matter = {matter: [m for m in mails() if m.matter == matter] for matter in SHARES}
    matters = Weighted(list(SHARES), list(SHARES.values()))
    talk = Talk(dice, setting, company, rows)
    orders = list(_of_writers(dice, company, int(WRITERS * scale)))
    for sold in dice.choices(orders, k=int(CONVERSATIONS * scale)) if orders else []:
        fitting = [
            m for m in by_matter[matters.pick(dice)] if m.language == sold.person.language and fits(m, sold)
        ]
        if fitting:
            talk.settle(sold, dice.choice(fitting))


def _of_writers(dice: random.Random, company: Company, count: int) -> Iterator[Sold]:
    old = [s for s in company.sold if s.about == "delivered" and company.now - s.placed > 12 * DAY]
    written = {mail.language for mail in mails()}
    people = sorted({s.person.key for s in old if s.person.language in written})
    writers = set(dice.sample(people, min(count, len(people))))
    return (s for s in old if s.person.key in writers)
