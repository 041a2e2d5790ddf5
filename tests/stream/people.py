"""The people of a made-up world: who they are, and what they share with whom."""

import random
from dataclasses import dataclass, field

from tests.stream.dialled import LINES, MOBILES, number

GIVEN = {
    "DE": "Anna Peter Sabine Jürgen Katrin Torben Wiebke Heinz Lotta Matthias Birte Ansgar Svenja Robert Jonas Elisabeth",
    "GB": "William Margaret James Elizabeth Nigel Fiona Robert Harriet Callum Imogen Alistair Rhiannon Thomas Susan",
    "FR": "Camille Thierry Benoît Élodie Marguerite Gaël Solène Pascal Aurélie Philippe Maëlys Stéphane",
    "ES": "María José Lucía Íñigo Rocío Francisco Dolores Álvaro Nuria Joaquín Pilar Gonzalo",
    "IT": "Giulia Lorenzo Beatrice Giuseppe Alessandra Tommaso Ginevra Antonio Ludovica Fabrizio",
    "PL": "Małgorzata Krzysztof Katarzyna Zbigniew Agnieszka Bożena Paweł Stanisław Jadwiga Tomasz",
    "NL": "Sanne Bram Femke Joost Marijke Wouter Lieke Gerrit Anouk Maarten",
    "US": "Jennifer Michael Brittany Tyrone Charles Madison Kenneth Deborah Austin Patricia",
    "RU": "Анна Иван Ольга Сергей Екатерина Дмитрий Наталья Михаил",
}
FAMILY = {
    "DE": "Müller Schmidt Weißgerber Okonjo Friedrichs Holtgrewe Ziegler Brandstätter Küppers Lüdemann Yılmaz Vogelsang",
    "GB": "Smith Okafor Pemberton Ashworth Hughes Whitcombe MacLeod Fairbairn Patel Thistlewood Gallagher",
    "FR": "Martin Lefèvre Desrosiers Bouvier Chastain Delacroix Garnier Nguyen Roussel Thibault",
    "ES": "García Iturralde Quintanilla Rodríguez Echevarría Montoya Villalobos Sánchez Zubizarreta",
    "IT": "Rossi Bellucci Marchetti Santangelo Quattrocchi Lombardi Zanardi Ferraro",
    "PL": "Kowalski Wiśniewski Zieliński Brzęczyk Nowak Szczepański Wójcik",
    "NL": "Jansen Vermeulen Hoogland Dijkstra Kuipers Brouwer Zwart",
    "US": "Johnson Whitaker Castellanos Kowalczyk Washington Hargrove Nakamura Delgado",
    "RU": "Иванова Петров Соколова Кузнецов Морозова Волков",
}
CITIES = {
    "DE": ("Hamburg", "Leipzig", "Köln"), "GB": ("Leeds", "Bristol"), "FR": ("Lyon", "Nantes"),
    "ES": ("Sevilla", "Bilbao"), "IT": ("Torino", "Bari"), "PL": ("Gdańsk", "Łódź"), "NL": ("Utrecht", "Breda"),
    "US": ("Denver", "Austin"), "RU": ("Москва", "Казань"),
}  # fmt: skip
NICK = {
    "William": "Bill", "Margaret": "Peggy", "Robert": "Bob", "Elisabeth": "Lisa", "Elizabeth": "Liz",
    "Michael": "Mike", "Jennifer": "Jen", "José": "Pepe", "Francisco": "Paco", "Giuseppe": "Beppe",
    "Katarzyna": "Kasia", "Małgorzata": "Gosia", "Thomas": "Tom", "Charles": "Chuck", "Katrin": "Kati",
}  # fmt: skip


@dataclass
class Person:
    """Somebody, and the keys they have; what several have is the same object's value."""

    number: int
    country: str
    given: str
    family: str
    birth: str
    city: str
    postcode: str
    street: str
    house_no: str
    mobile: str
    line: str = ""
    mailboxes: list[str] = field(default_factory=list)
    loyalty: str = ""
    handle: str = ""
    network: str = ""
    device: str = ""
    card: str = ""
    office: str = ""
    is_alone: bool = True
    """Whether their first mailbox is theirs alone."""
    signs_in_by_it: bool = True
    """An account has one owner, though its mailbox may have two."""
    is_birth_known: bool = False
    is_gone: bool = False
    is_heir: bool = False
    """Of a number that changed hands: who had it, and who has it now."""

    @property
    def name(self) -> str:
        """The whole of it."""
        return f"{self.given} {self.family}"


def typo(rng: random.Random, text: str) -> str:
    """One error of typing."""
    if len(text) < 5:
        return text
    n = rng.randrange(1, len(text) - 2)
    swapped = text[:n] + text[n + 1] + text[n] + text[n + 2 :]
    return rng.choice([swapped, text[:n] + text[n + 1 :], text[:n] + text[n] + text[n:]])


class Census:
    """Makes people, alone and together."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people: list[Person] = []

    def person(self, like: Person | None = None, **more: str) -> Person:
        """Somebody new; `like`: who lives at the same door."""
        rng = self.rng
        country = more.pop("country", "") or (like.country if like else rng.choice(list(GIVEN)))
        made = Person(
            number=len(self.people),
            country=country,
            given=rng.choice(GIVEN[country].split()),
            family=like.family if like else rng.choice(FAMILY[country].split()),
            birth=f"{rng.randint(1940, 2004)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            city=like.city if like else rng.choice(CITIES[country]),
            postcode=like.postcode if like else f"{rng.randint(10000, 99999)}",
            street=like.street
            if like
            else rng.choice(["Birch", "Mill", "Station", "Garden", "Church"]) + " Street",
            house_no=like.house_no if like else str(rng.randint(1, 180)),
            mobile=number(rng, country, MOBILES),
            line=like.line if like else number(rng, country, LINES) if rng.random() < 0.4 else "",
        )
        for key, value in more.items():
            setattr(made, key, value)
        self._keys(made)
        self.people.append(made)
        return made

    def _keys(self, made: Person) -> None:
        from doorstep.customers.names import fold

        rng, n = self.rng, made.number
        given, family = fold(made.given), fold(made.family)
        local = rng.choice([f"{given}.{family}{n}", f"{given[0]}{family}{n}", f"{family}.{n}", f"kitten{n}x"])
        made.mailboxes = [f"{local}@mail{n % 7}.{made.country.lower() if made.country != 'GB' else 'co.uk'}"]
        if rng.random() < 0.3:
            made.mailboxes.append(f"{given}{n}@work{n % 11}.example")
        made.loyalty = f"L{70000 + n}" if rng.random() < 0.4 else ""
        made.network = rng.choice(["bluesky", "mastodon"])
        made.handle = f"@{given}{family[:3]}{n}" if rng.random() < 0.3 else ""
        made.device = f"dev-{n:05}" if rng.random() < 0.2 else ""
        made.card = f"tok_{n:05}" if rng.random() < 0.6 else ""

    def couple(self) -> None:
        """Two at one door, one mailbox; half of them one card, some of them one line and one tablet."""
        one = self.person()
        other = self.person(one, given=self._another({one.given}, one.country))
        if self.rng.random() < 0.5:
            other.family = self.rng.choice(FAMILY[one.country].split())
        self._share(one, other, mailbox=1.0, card=0.5, device=0.2)

    def household(self) -> None:
        """Three to five at one door, one line."""
        one = self.person()
        one.line = one.line or number(self.rng, one.country, LINES)
        used = {one.given}
        for _ in range(self.rng.randint(2, 4)):
            given = self._another(used, one.country)
            used.add(given)
            self._share(one, self.person(one, given=given), mailbox=0.1, card=0.15, device=0.2)

    def father_and_son(self) -> None:
        """One name, one door, one line; some of them one mailbox, or one mobile. Shops know when they were born."""
        father = self.person(birth=f"{self.rng.randint(1940, 1955)}-05-0{self.rng.randint(1, 9)}")
        father.line = father.line or number(self.rng, father.country, LINES)
        born = f"{self.rng.randint(1972, 1990)}-07-1{self.rng.randint(0, 9)}"
        son = self.person(father, given=father.given, birth=born)
        father.is_birth_known = son.is_birth_known = True
        self._share(father, son, mailbox=0.3, card=0.3, device=0.3)
        if self.rng.random() < 0.2:
            son.mobile = father.mobile

    def namesake(self) -> None:
        """The same name, and nothing else."""
        one = self.person()
        other = self.person(country=one.country, given=one.given, family=one.family)
        if self.rng.random() < 0.3:
            other.city, other.postcode = one.city, one.postcode

    def office(self) -> None:
        """Some colleagues behind one switchboard, with one mailbox for all."""
        first = self.person()
        firm = f"firm{first.number}.example"
        line, desk = number(self.rng, first.country, LINES), self.rng.choice(["info", "office", "orders"])
        others = [self.person(country=first.country) for _ in range(self.rng.randint(2, 7))]
        for person in [first, *others]:
            person.line, person.office = line, f"{desk}@{firm}"

    def changed_hands(self) -> None:
        """A number that one had, and another has now."""
        old = self.person()
        new = self.person(country=old.country)
        new.mobile, old.is_gone, new.is_heir = old.mobile, True, True

    def _another(self, used: set[str], country: str) -> str:
        return self.rng.choice([given for given in GIVEN[country].split() if given not in used])

    def _share(self, one: Person, other: Person, mailbox: float, card: float, device: float) -> None:
        if self.rng.random() < mailbox:
            other.mailboxes[0], other.signs_in_by_it = one.mailboxes[0], False
            one.is_alone = other.is_alone = False
        if one.card and self.rng.random() < card:
            other.card = one.card
        if one.device and self.rng.random() < device:
            other.device = one.device
