"""A made-up world as lines of the exchange format, with the truth beside each: who it is really from."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.stream.dialled import written
from tests.stream.people import NICK, Census, Person, typo
from tests.stream.wording import text_of

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass
class Told:
    """A line, whose it is, and, of a forgery, whom it names."""

    line: dict[str, Any]
    person: int
    names: int | None = None


class World:
    """Lines in time order."""

    def __init__(self, seed: int, people: int = 150) -> None:
        self.rng = random.Random(seed)
        self.census = Census(self.rng)
        self.told: list[tuple[float, Told]] = []
        self._n = 0
        self._orders: dict[int, list[dict[str, Any]]] = {}
        self._noted: dict[int, list[tuple[str, float]]] = {}
        self._said: dict[int, list[str]] = {}
        self._settle(people)
        self._live()

    @property
    def lines(self) -> list[Told]:
        """All of them, as time goes."""
        return [told for _, told in sorted(self.told, key=lambda pair: pair[0])]

    def _settle(self, people: int) -> None:
        census, rng = self.census, self.rng
        ways = [
            census.person,
            census.couple,
            census.household,
            census.father_and_son,
            census.namesake,
            census.office,
            census.changed_hands,
        ]
        while len(census.people) < people:
            rng.choices(ways, weights=[66, 8, 6, 3, 2, 2, 2])[0]()

    def _live(self) -> None:
        for person in self.census.people:
            for _ in range(self.rng.choices([0, 1, 2, 3], weights=[10, 45, 33, 12])[0]):
                self._record(
                    person, self._day(person, self.rng.uniform(0, 60) if self.rng.random() < 0.85 else 200.0)
                )
            for _ in range(self.rng.choices([0, 1, 2], weights=[45, 40, 15])[0]):
                self._order(person, self._day(person, self.rng.uniform(20, 100)))
        for person in self.census.people:
            for day in sorted(self.rng.uniform(60, 250) for _ in range(self.rng.randint(1, 6))):
                self._signal(person, self._day(person, day))

    def _day(self, person: Person, day: float) -> float:
        """Of a number that changed hands the first one lives earlier."""
        return day / 8 if person.is_gone else 40 + day if person.is_heir else day

    def _add(
        self, kind: str, data: dict[str, Any], day: float, person: Person, names: int | None = None
    ) -> None:
        self.told.append(
            (day + len(self.told) * 1e-9, Told({"kind": kind, "data": data}, person.number, names))
        )

    def _at(self, day: float) -> str:
        return (BEGAN + timedelta(days=day)).isoformat()

    def _shown(self, person: Person, nick: float = 0.1, wrong: float = 0.08) -> str:
        rng = self.rng
        given = NICK.get(person.given, person.given) if rng.random() < nick else person.given
        name = f"{given} {person.family}"
        if rng.random() < wrong:
            name = typo(rng, name)
        if rng.random() < 0.05:
            name = f"{person.family}, {given}"
        return name.upper() if rng.random() < 0.03 else name

    def _record(self, person: Person, day: float) -> None:
        rng = self.rng
        self._n += 1

        def maybe(value: str, share: float) -> str:
            return value if rng.random() < share else ""

        name = self._shown(person)
        if rng.random() < 0.03:
            name = f"{person.given} {rng.choice(['Feldkamp', 'Oakley', 'Montblanc', 'Ferrer'])}"
        phone = rng.choices([person.mobile, person.line or person.mobile], weights=[70, 30])[0]
        if person.office:
            phone = rng.choice([person.line, person.mobile])
        mailbox = person.office if person.office and rng.random() < 0.4 else person.mailboxes[0]
        record_id = f"r{self._n}"
        self._noted.setdefault(person.number, []).append((record_id, day))
        self._add(
            "record",
            {
                "source": rng.choice(["shop", "crm", "till"]), "record_id": record_id, "name": name,
                "email": maybe(typo(rng, mailbox) if rng.random() < 0.03 else mailbox, 0.85),
                "phone": maybe(written(rng, phone, person.country), 0.75), "street": maybe(person.street, 0.6),
                "house_no": person.house_no, "postcode": maybe(person.postcode, 0.7), "city": maybe(person.city, 0.7),
                "country": maybe(person.country, 0.45), "birth_date": maybe(person.birth, 0.8 if person.is_birth_known else 0.45),
                "loyalty_no": maybe(person.loyalty, 0.6), "handle": maybe(person.handle, 0.5),
                "created_at": self._at(day),
            },
            day,
            person,
        )  # fmt: skip

    def _order(self, person: Person, day: float) -> None:
        rng = self.rng
        self._n += 1
        place = {k: getattr(person, k) for k in ("street", "house_no", "postcode", "city", "country")}
        bill = {"name": self._shown(person, 0.05), **place}
        other = rng.choice(self.census.people)
        gift = {"name": other.name, **{k: getattr(other, k) for k in place}}
        data = {
            "order_no": f"A-{10000 + self._n}", "placed_at": self._at(day), "email": person.mailboxes[0] if rng.random() < 0.85 else "",
            "phone": written(rng, person.mobile, person.country) if rng.random() < 0.5 else "", "bill_to": bill,
            "ship_to": gift if rng.random() < 0.12 else bill, "card": person.card,
            "items": [{"name": "Lamp", "quantity": 1, "price_minor": 4900}], "currency": "EUR",
        }  # fmt: skip
        self._orders.setdefault(person.number, []).append({**data, "day": day})
        self._add("order", data, day, person)

    def _signal(self, person: Person, day: float) -> None:
        self._n += 1
        orders = [o["order_no"] for o in self._orders.get(person.number, []) if o["day"] < day]
        named = self.rng.choice(orders) if orders and self.rng.random() < 0.35 else ""
        is_noted = self.rng.random() < 0.6
        data = {
            "external_id": f"s{self._n}", "channel": "email", "inbox": "care@shop.example", "happened_at": self._at(day),
            "from": {}, "to": "care@shop.example", "subject": "", "references": {"order_no": named} if named and is_noted else {},
            "text": text_of(self.rng, person, self._shown(person), self.census.people, "" if is_noted else named),
            "attested": {},
        }  # fmt: skip
        if self.rng.random() < 0.03:
            self._forged(person, data, day)
            return
        ways = [self._mail, self._call, self._whatsapp, self._chat, self._post, self._device, self._walk_in]
        self.rng.choices(ways, weights=[42, 18, 12, 12, 6, 4, 6])[0](person, data, day)
        self._said.setdefault(person.number, []).append(data["external_id"])
        self._add("signal", data, day, person)

    def _mail(self, person: Person, data: dict[str, Any], day: float) -> None:
        rng = self.rng
        mailbox = rng.choice(person.mailboxes)
        if person.office and rng.random() < 0.5:
            mailbox = person.office
        data["from"] = {"address": mailbox.title() if rng.random() < 0.1 else mailbox}
        if rng.random() < 0.75:
            data["from"]["name"] = self._shown(person)
        data["attested"] = {
            "dkim": rng.choices(["pass", "none"], weights=[85, 15])[0],
            "spf": rng.choice(["pass", "none"]),
        }
        if (said := self._said.get(person.number)) and rng.random() < 0.25:
            data["references"]["in_reply_to"] = said[-1]

    def _call(self, person: Person, data: dict[str, Any], day: float) -> None:
        rng = self.rng
        number = person.line if person.line and rng.random() < 0.35 else person.mobile
        address = number if rng.random() < 0.7 else written(rng, number, person.country)
        data.update(
            {"channel": "voice", "inbox": "+4940123456", "to": "+4940123456", "from": {"address": address}}
        )
        data["attested"] = {"stir": rng.choices(["A", "B", "C"], weights=[6, 3, 1])[0]}
        if rng.random() < 0.3:
            data["text"] = f"Hello, this is {person.name}. " + data["text"].split("\n")[0]
        elif rng.random() < 0.5:
            data["text"] = ""

    def _whatsapp(self, person: Person, data: dict[str, Any], day: float) -> None:
        data.update(
            {
                "channel": "whatsapp",
                "from": {"address": person.mobile},
                "attested": {"wa_id": person.mobile[1:]},
            }
        )
        if self.rng.random() < 0.6:
            data["from"]["name"] = self.rng.choice([person.name, person.given, "~☀~"])

    def _chat(self, person: Person, data: dict[str, Any], day: float) -> None:
        rng = self.rng
        data.update({"channel": "webchat", "from": {"address": f"visitor-{self._n}"}})
        if rng.random() < 0.6:
            noted = self._noted.get(person.number, [])
            ids = [
                person.mailboxes[0] if person.signs_in_by_it else "",
                person.loyalty,
                *(r for r, noted_on in noted if noted_on < day),
            ]
            ids = [i for i in ids if i]
            data["attested"]["account"] = rng.choice(ids or person.mailboxes[1:] or [f"acct-{person.number}"])
        elif rng.random() < 0.7:
            data["from"]["name"] = self._shown(person)
            if rng.random() < 0.6:
                data["from"]["email"] = rng.choice(person.mailboxes)
        if person.device and rng.random() < 0.5:
            data["attested"]["device_id"] = person.device

    def _post(self, person: Person, data: dict[str, Any], day: float) -> None:
        if not person.handle:
            self._mail(person, data, day)
            return
        data.update(
            {
                "channel": person.network,
                "from": {"address": person.handle},
                "attested": {"network": person.network},
            }
        )

    def _device(self, person: Person, data: dict[str, Any], day: float) -> None:
        if not person.device:
            self._call(person, data, day)
            return
        data.update({"channel": "device", "text": "low ink", "from": {"address": person.device}})
        data["attested"] = {"device_id": person.device}
        if self.rng.random() < 0.7:
            own = person.mailboxes[0] if person.signs_in_by_it else person.mailboxes[-1]
            data["attested"]["registered_to"] = person.loyalty or own

    def _walk_in(self, person: Person, data: dict[str, Any], day: float) -> None:
        data.update({"channel": "walkin", "from": {"address": "till-3"}})
        is_shown = person.loyalty and self.rng.random() < 0.6
        if is_shown:
            data["attested"]["loyalty_no"] = person.loyalty
        if person.card and (not is_shown or self.rng.random() < 0.4):
            data["attested"]["card_seen"] = person.card
        if not data["attested"] and self.rng.random() < 0.8:
            self._call(person, data, day)

    def _forged(self, person: Person, data: dict[str, Any], day: float) -> None:
        """A mail in somebody's name, of a sender who knows their orders and messages, and how they sign."""
        rng, victim = self.rng, person
        forger = Person(100_000 + self._n, "DE", "", "", "", "", "", "", "", "")
        data["from"] = {"address": rng.choice(victim.mailboxes), "name": victim.name}
        data["text"] = f"Please send my next parcel to another address.\n\nKind regards,\n{victim.name}"
        data["attested"] = {"dkim": "fail", "spf": rng.choice(["pass", "fail", "none"])}
        if said := self._said.get(victim.number):
            data["references"]["in_reply_to"] = said[-1]
        self._add("signal", data, day, forger, victim.number)
