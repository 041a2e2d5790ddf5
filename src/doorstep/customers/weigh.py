"""Weigh: how much speaks for two descriptions being of one person, and what. Pure.

Weights are rounded log-likelihood ratios (base 2): what is seen between two records of one person, over what
is seen between two of two people. They say nothing of any one file; `docs/identity.md` has the table. A
conflict is what one person does not have, and stands whatever the sum.
"""

from datetime import date

import msgspec
from rapidfuzz.distance import DamerauLevenshtein

from doorstep.customers.mailboxes import is_role
from doorstep.customers.names import Kin, fold, is_another_person, is_word, kin, parts
from doorstep.customers.numbers import may_be_personal
from doorstep.customers.words import words_of

CERTAIN = 7.0
"""From here two records are linked by themselves, when nothing is in doubt."""
LIKELY = 5.0
"""From here an agent is asked."""
GENERATION = 14
"""Years between two births from which it is no typing error: fathers and sons share all the rest."""


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What a source says of somebody; anything may be empty. `mailbox` and `number` are normalised."""

    name: str = ""
    mailbox: str = ""
    number: str = ""
    street: str = ""
    house_no: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    birth_date: date | None = None
    loyalty_no: str = ""
    handle: str = ""


class Reason(msgspec.Struct, frozen=True):
    """One thing that speaks for it, or against it."""

    what: str
    weight: float


class Weighed(msgspec.Struct, frozen=True):
    """The sum, and what it is made of, the heaviest first.

    `conflict`: why they are two, whatever the sum; `doubt`: why an agent is asked, whatever the sum.
    """

    score: float
    reasons: tuple[Reason, ...]
    conflict: str = ""
    doubt: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether they may be linked without anybody's look."""
        return self.score >= CERTAIN and not self.conflict and not self.doubt

    @property
    def is_likely(self) -> bool:
        """Whether it is worth a question."""
        return self.score >= LIKELY and not self.conflict

    @property
    def confidence(self) -> float:
        """The sum as a probability, one pair in a thousand that share a key being one person by chance."""
        return round(1 / (1 + 2 ** -(self.score - LIKELY)), 3)


def weigh(one: Described, other: Described) -> Weighed:
    """How much speaks for it. `LIKELY` is worth a question, `CERTAIN` a link."""
    found = [
        reason
        for reason in (
            _name(one, other),
            _mailbox(one.mailbox, other.mailbox),
            _same("telephone number", one.number, other.number, 7.0, -0.5),
            _same("loyalty number", one.loyalty_no, other.loyalty_no, 12.0, -6.0),
            _same("handle", one.handle, other.handle, 9.0, -0.5),
            _birth(one.birth_date, other.birth_date),
            _place(one, other),
        )
        if reason and reason.weight
    ]
    ordered = tuple(sorted(found, key=lambda reason: -abs(reason.weight)))
    score = round(sum(reason.weight for reason in ordered), 1)
    return Weighed(score, ordered, _conflict(one, other), _doubt(one, other))


def _doubt(one: Described, other: Described) -> str:
    """A household shares name, address, land line, and often the mailbox; namesakes share a town."""
    born, written = _birth(one.birth_date, other.birth_date), _mailbox(one.mailbox, other.mailbox)
    is_born_alike = born is not None and born.weight >= 6
    is_mailbox = written is not None and written.weight >= 6
    is_born_the_same = bool(one.birth_date) and one.birth_date == other.birth_date
    if not (is_born_the_same and is_mailbox) and is_another_person(one.name, other.name):
        return "two given names"
    if not (is_born_alike or is_mailbox) and kin(one.name, other.name) is Kin.GIVEN:
        return "two family names"
    is_line = bool(one.number) and one.number == other.number and may_be_personal(one.number)
    is_card = (one.loyalty_no and one.loyalty_no == other.loyalty_no) or (
        one.handle and one.handle == other.handle
    )
    is_own = is_mailbox or (
        born is not None and (born.weight >= 9 or (born.weight >= 3 and _is_near(one, other)))
    )
    return "" if is_own or is_line or is_card else "nothing that is one person's alone"


def _is_near(one: Described, other: Described) -> bool:
    """Whether they live about the same place, or nothing says that they do not."""
    place = _place(one, other)
    return place is not None and place.weight >= 3


def _same(what: str, one: str, other: str, same: float, differs: float) -> Reason | None:
    if not one or not other:
        return None
    return Reason(f"same {what}", same) if one == other else Reason(f"another {what}", differs)


NAMES = {
    Kin.SAME: ("same name", 7.0),
    Kin.PART: ("what is said of the name agrees", 3.0),
    Kin.GIVEN: ("same given name, another family name", 0.0),
    Kin.FAMILY: ("same family name, another given name", -4.0),
    Kin.OTHER: ("another name", -6.0),
}


def _name(one: Described, other: Described) -> Reason | None:
    found = kin(one.name, other.name)
    if found is Kin.UNSAID:
        return None
    what, weight = NAMES[found]
    if found is Kin.SAME and sorted(parts(one.name)) == sorted(parts(other.name)):
        return Reason("exactly the same name", weight + 1)
    return Reason(what, weight)


def _mailbox(one: str, other: str) -> Reason | None:
    if not one or not other:
        return None
    if one == other:
        return Reason("same office mailbox", 3.0) if is_role(one) else Reason("same e-mail address", 11.0)
    off = DamerauLevenshtein.normalized_distance(one, other)
    if _figures(one) != _figures(other):  # nobody mistypes a figure as often as two people have two
        off += 0.2
    for most, what, weight in MAILBOXES:
        if off <= most:
            return Reason(what, weight)
    if len(local := one.partition("@")[0]) >= 6 and local == other.partition("@")[0]:
        return Reason("same name before the @", 4.0)
    return Reason("another e-mail address", -1.5)


MAILBOXES = (
    (0.10, "an e-mail address that differs by a letter or two", 9.0),
    (0.17, "an e-mail address that differs by a few letters", 6.0),
    (0.25, "an e-mail address that is somewhat alike", 3.0),
)


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


BIRTHS = {1: 6.0, 2: 3.5, 3: 0.5}
"""What a day of birth weighs by the digits that differ of eight."""


def _birth(one: date | None, other: date | None) -> Reason | None:
    if not one or not other:
        return None
    if one == other:
        return Reason("born on the same day", 9.0)
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return Reason("same day of birth, day and month changed about", 8.0)
    if max(abs(one.year - other.year), abs(one.month - other.month), abs(one.day - other.day) // 2) <= 1:
        return Reason("born about the same day", 3.0)
    off = DamerauLevenshtein.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}")
    if off in BIRTHS:
        return Reason("a day of birth that differs in a digit or so", BIRTHS[off])
    return Reason("born on another day", -4.0)


def _place(one: Described, other: Described) -> Reason | None:
    house = one.house_no and fold(one.house_no) == fold(other.house_no)
    street = one.street and other.street and is_word(_street(one.street), _street(other.street))
    postcode = one.postcode and fold(one.postcode) == fold(other.postcode)
    if street and house and (postcode or _is_city(one, other)):
        return Reason("same address", 6.0)
    if postcode and street:
        return Reason("same street and postcode", 4.0)
    if postcode:
        return Reason("same postcode", 3.0)
    if not one.city or not other.city:
        return None
    return Reason("same town", 1.5) if _is_city(one, other) else Reason("another town", -1.0)


def _is_city(one: Described, other: Described) -> bool:
    return bool(one.city and other.city) and is_word(fold(one.city), fold(other.city))


def _street(text: str) -> str:
    """Without the words that every second street ends in, and without house numbers."""
    kept = [w for w in fold(text).split() if not w.isdigit() and w not in _STREETS]
    joined = "".join(kept)
    for ending in ("strasse", "str", "straat", "street"):
        joined = joined.removesuffix(ending)
    return joined or fold(text)


_STREETS = words_of("streets")


def _conflict(one: Described, other: Described) -> str:
    mine, theirs = one.birth_date, other.birth_date
    if mine and theirs and abs(mine.year - theirs.year) >= GENERATION:
        return "born a generation apart"
    return ""
