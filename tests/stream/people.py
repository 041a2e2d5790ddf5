"""The people of a made-up world: who they are, and what they share with whom."""

import random
from dataclasses import dataclass, field

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
CODES = {
    "DE": "49",
    "GB": "44",
    "FR": "33",
    "ES": "34",
    "IT": "39",
    "PL": "48",
    "NL": "31",
    "US": "1",
    "RU": "7",
}
MOBILES = {
    "DE": "17",
    "GB": "77",
    "FR": "6",
    "ES": "61",
    "IT": "34",
    "PL": "60",
    "NL": "6",
    "US": "30",
    "RU": "91",
}
LINES = {
    "DE": "40",
    "GB": "113",
    "FR": "4",
    "ES": "95",
    "IT": "011",
    "PL": "58",
    "NL": "30",
    "US": "72",
    "RU": "49",
}
LENGTHS = {"DE": 10, "GB": 10, "FR": 9, "ES": 9, "IT": 10, "PL": 9, "NL": 9, "US": 10, "RU": 10}
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

    @property
    def name(self) -> str:
        """The whole of it."""
        return f"{self.given} {self.family}"


def number(rng: random.Random, country: str, begins: str) -> str:
    """A number in E.164."""
    rest = LENGTHS[country] - len(begins)
    return f"+{CODES[country]}{begins}" + "".join(rng.choices("23456789", k=rest))


def written(rng: random.Random, number: str, country: str) -> str:
    """A number as people write it, in one of eight ways."""
    national = number.removeprefix("+" + CODES[country])
    trunk = "" if country in ("ES", "IT", "PL", "US") else "8" if country == "RU" else "0"
    spaced = " ".join(national[n : n + 3] for n in range(0, len(national), 3))
    return rng.choice(
        [
            number,
            f"00{number[1:]}",
            f"+{CODES[country]} {spaced}",
            f"+{CODES[country]} (0){spaced}" if trunk == "0" else f"+{CODES[country]}-{national}",
            trunk + national,
            f"{trunk}{national[:3]}/{national[3:]}",
            f"({trunk}{national[:3]}) {national[3:6]}-{national[6:]}",
            f"{trunk}{spaced}".replace(" ", "."),
        ]
    )


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
        country = like.country if like else rng.choice(list(GIVEN))
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
            mobile=number(rng, country, MOBILES[country]),
            line=like.line if like else number(rng, country, LINES[country]) if rng.random() < 0.4 else "",
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
        """Two at one door, one mailbox."""
        one = self.person()
        given = self.rng.choice([g for g in GIVEN[one.country].split() if g != one.given])
        other = self.person(one, given=given)
        if self.rng.random() < 0.5:
            other.family = self.rng.choice(FAMILY[one.country].split())
        other.mailboxes[0] = one.mailboxes[0]
        one.is_alone = other.is_alone = False

    def household(self) -> None:
        """Three at one door, one line."""
        one = self.person()
        one.line = one.line or number(self.rng, one.country, LINES[one.country])
        used = {one.given}
        for _ in range(2):
            given = self.rng.choice([g for g in GIVEN[one.country].split() if g not in used])
            used.add(given)
            self.person(one, given=given)

    def father_and_son(self) -> None:
        """One name, one door, one line; some of them one mailbox."""
        father = self.person(birth=f"{self.rng.randint(1940, 1955)}-05-0{self.rng.randint(1, 9)}")
        father.line = father.line or number(self.rng, father.country, LINES[father.country])
        son = self.person(
            father, given=father.given, birth=f"{self.rng.randint(1972, 1990)}-07-1{self.rng.randint(0, 9)}"
        )
        if self.rng.random() < 0.3:
            son.mailboxes[0] = father.mailboxes[0]
            son.is_alone = father.is_alone = False

    def office(self) -> None:
        """Five colleagues behind one switchboard, with one mailbox for all."""
        first = self.person()
        firm = f"firm{first.number}.example"
        line = number(self.rng, first.country, LINES[first.country])
        for person in [first, *(self.person(country=first.country) for _ in range(4))]:
            person.line, person.office = line, f"info@{firm}"

    def changed_hands(self) -> None:
        """A number that one had, and another has now."""
        old = self.person()
        new = self.person()
        new.country, new.mobile = old.country, old.mobile
        old.office = "gone"
