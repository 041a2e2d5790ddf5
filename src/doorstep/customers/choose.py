"""Choose: whose an arrival is, among those who have its keys. Pure.

A key that one person has leads to them, unless the name that is said is another's. A key that several have
leads to nobody: a name, an order, the message it answers, or another key must choose among them; else it is
a question, and somebody new meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from doorstep.customers.mailboxes import is_role, letters
from doorstep.customers.model import Choice, Hint, Holder, Key, Sender, Trust
from doorstep.customers.names import (
    Kin,
    fold,
    is_another_person,
    is_given,
    is_given_of,
    is_named_after,
    kin,
    parts,
)
from doorstep.customers.signed import signed
from doorstep.kernel import AddressKind

Having = Mapping[tuple[str, str], Sequence[Holder]]
"""Who has which key."""
NEW = 0.8
"""How sure we are of somebody new whom nothing contradicts."""


class Said(msgspec.Struct, frozen=True):
    """The names that are said: those the text is signed with, and the one beside the address."""

    signed: tuple[str, ...]
    shown: str
    local: str = ""
    """What stands before the @ of the mailbox, its letters."""

    @property
    def names(self) -> tuple[str, ...]:
        """The surer ones, and what is shown where it agrees: a mailbox shows one name, whoever writes."""
        if not self.signed:
            return (self.shown,) if self.shown else ()
        agrees = self.shown and all(kin(self.shown, name) >= Kin.PART for name in self.signed)
        return (*self.signed, self.shown) if agrees else self.signed

    @property
    def is_whole(self) -> bool:
        """Whether a given name and a family's are said."""
        return any(min(map(len, words)) > 1 for name in self.names if len(words := parts(name)) > 1)

    def speaks_against(self, name: str) -> bool:
        """Whether somebody of this name did surely not say it."""
        whole = [said for said in self.names if self.signed or len(parts(said)) > 1 or is_given(fold(said))]
        return bool(whole) and len(parts(name)) > 1 and all(is_another_person(said, name) for said in whole)

    def speaks_for(self, name: str) -> Kin:
        """How well it fits the best of them."""
        return max((kin(said, name) for said in self.names), default=Kin.UNSAID)

    def hints_at(self, name: str) -> Kin:
        """As `speaks_for`, and by the mailbox where no name is said; never by a family's name alone."""
        found = self.speaks_for(name)
        if found is Kin.UNSAID and is_named_after(self.local, name):
            return Kin.PART
        is_given_said = any(is_given_of(said, name) for said in self.names)
        return found if found is not Kin.PART or is_given_said else Kin.FAMILY


def said_by(sender: Sender) -> Said:
    """What names an arrival says."""
    address = sender.address
    is_mailbox = address.kind == AddressKind.MAILBOX and not is_role(address.value)
    return Said(signed(sender.text), address.name, letters(address.value) if is_mailbox else "")


def choose(sender: Sender, keys: Sequence[Key], having: Having, hints: Sequence[Hint]) -> Choice:
    """Whose it is."""
    said, doubts = said_by(sender), list[str]()
    hinted = _by_hint(said, sender.text, hints)
    for n, key in enumerate(keys):
        holders = having.get((key.kind, key.value), ())
        if not holders:
            continue
        if chosen := _by_key(key, holders, said, [*_others(keys[n + 1 :], having), *_hinted(hints, said)]):
            if chosen.is_question:
                return chosen
            if chosen.customer_id and not (hinted and _is_weaker(key, holders, hinted, hints)):
                return chosen
            doubts += chosen.reasons
    return hinted or _new(keys, doubts)


def _is_weaker(key: Key, holders: Sequence[Holder], hinted: Choice, hints: Sequence[Hint]) -> bool:
    """Whether an order or a message under the same name leads elsewhere than a key others may have."""
    leads = {hint.lead_id for hint in hints if hint.customer_id == hinted.customer_id}
    return key.trust <= Trust.NEEDS and leads.isdisjoint(holder.lead_id for holder in holders)


def _others(keys: Iterable[Key], having: Having) -> list[tuple[UUID, str]]:
    """The people whom the weaker keys lead to, each with the words."""
    others = [key for key in keys if key.kind != AddressKind.TAIL]
    return [(h.lead_id, key.words) for key in others for h in having.get((key.kind, key.value), ())]


def _hinted(hints: Sequence[Hint], said: Said) -> list[tuple[UUID, str]]:
    return [(hint.lead_id, _words(hint)) for hint in hints if not said.speaks_against(hint.name)]


def _words(hint: Hint) -> str:
    return "an order of theirs is named" if hint.what == "order" else "it answers a message of theirs"


def _by_key(
    key: Key, holders: Sequence[Holder], said: Said, also: Sequence[tuple[UUID, str]]
) -> Choice | None:
    people = _people(holders)
    is_personal = key.kind not in (AddressKind.MAILBOX, AddressKind.NUMBER)
    is_denied = not is_personal and _all_against(holders, said)
    if key.trust is Trust.SIGNED and len(people) == 1 and not is_denied:
        return Choice(holders[0].customer_id, key.confidence, (key.words,))
    fitting = {lead: they for lead, they in people.items() if not _all_against(they, said)}
    if not fitting:
        return Choice(None, NEW, (f"{key.words}: but the name that is said is another's",))
    fitting = _noted(fitting)
    named = _named(fitting, said)
    if len(fitting) == 1 and _is_enough(key, len(people) == 1, said, named):
        (they,) = fitting.values()
        return _the_one(key, they[0], named, also)
    if len(named) == 1:
        (lead,) = named
        words = "the name that is said chooses among those who share it"
        return Choice(fitting[lead][0].customer_id, min(key.confidence, 0.93), (key.words, words))
    if said.is_whole and not named:
        return Choice(None, 0.6, (f"{key.words}: the name that is said is none of theirs",))
    return _by_others(key, {lead: fitting[lead] for lead in named or fitting}, also)


def _is_enough(key: Key, is_alone: bool, said: Said, named: Sequence[UUID]) -> bool:
    """Whether of several only one is left, or the one who is there need not be named."""
    is_stranger = key.trust is Trust.NEEDS and said.is_whole and not named
    return not is_stranger if is_alone else not named and not said.names


def _people(holders: Sequence[Holder]) -> dict[UUID, list[Holder]]:
    found: dict[UUID, list[Holder]] = {}
    for holder in holders:
        found.setdefault(holder.lead_id, []).append(holder)
    return found


def _noted(people: dict[UUID, list[Holder]]) -> dict[UUID, list[Holder]]:
    """Those whose name is known; all where nobody's is: a caller without a name may be any of them."""
    named = {lead: they for lead, they in people.items() if any(holder.name for holder in they)}
    return named or people


def _all_against(holders: Collection[Holder], said: Said) -> bool:
    return all(said.speaks_against(holder.name) for holder in holders)


def _named(fitting: Mapping[UUID, Sequence[Holder]], said: Said) -> list[UUID]:
    """Those whom the name fits best; nobody where none is said."""
    fits = {lead: max(said.speaks_for(h.name) for h in they) for lead, they in fitting.items()}
    best = max(fits.values())
    return [lead for lead, fit in fits.items() if fit is best] if best >= Kin.PART else []


def _the_one(key: Key, holder: Holder, named: Sequence[UUID], also: Sequence[tuple[UUID, str]]) -> Choice:
    second = next((words for lead, words in also if lead == holder.lead_id), "")
    if key.trust is Trust.NEEDS and not named and not second:
        return Choice(None, 0.5, (f"{key.words}: never enough by itself",), is_question=True)
    more = (second,) if second else ("the name agrees",) if named else ()
    return Choice(holder.customer_id, key.confidence, (key.words, *more))


def _by_others(
    key: Key, fitting: Mapping[UUID, Sequence[Holder]], also: Sequence[tuple[UUID, str]]
) -> Choice:
    led = {lead: words for lead, words in also if lead in fitting}
    if len(led) == 1:
        ((lead, words),) = led.items()
        return Choice(fitting[lead][0].customer_id, min(key.confidence, 0.9), (key.words, words))
    words = f"{key.words}: {len(fitting)} people have it, and nothing says which of them it is"
    return Choice(None, round(1 / len(fitting), 2), (words,), is_question=True)


def _by_hint(said: Said, text: str, hints: Sequence[Hint]) -> Choice | None:
    """An order with a name or postcode of its own; a message, answered under its writer's name."""
    led: dict[UUID, Choice] = {}
    for hint in hints:
        found = _order(hint, said, text) if hint.what == "order" else _message(hint, said)
        if found:
            led.setdefault(hint.lead_id, found)
    return next(iter(led.values())) if len(led) == 1 else None


def _order(hint: Hint, said: Said, text: str) -> Choice | None:
    fits = said.hints_at(hint.name)
    is_place = bool(hint.postcode) and f" {fold(hint.postcode)} " in f" {fold(text)} "
    if hint.other_name and _is_rather(said, hint.other_name, hint.name, fits):
        return None
    if fits is Kin.SAME:
        return Choice(hint.customer_id, 0.94, ("the number of an order of theirs", "and the name on it"))
    is_alone = fits is Kin.UNSAID and hint.postcode == hint.other_postcode
    if is_place and (fits is Kin.PART or is_alone):
        return Choice(hint.customer_id, 0.9, ("the number of an order of theirs", "and its postcode"))
    if fits is Kin.PART:
        return Choice(
            hint.customer_id, 0.87, ("the number of an order of theirs", "and the given name on it")
        )
    return None


def _is_rather(said: Said, other: str, name: str, fits: Kin) -> bool:
    """Whether it may as well be whom the parcel went to."""
    others = said.hints_at(other)
    return others > fits or (others is fits and kin(other, name) < Kin.PART)


def _message(hint: Hint, said: Said) -> Choice | None:
    fits = said.hints_at(hint.name)
    if fits < Kin.PART:
        return None
    under = "under the same name" if fits is Kin.SAME else "under the same given name"
    return Choice(
        hint.customer_id, 0.92 if fits is Kin.SAME else 0.87, ("it answers a message of theirs", under)
    )


def _new(keys: Sequence[Key], doubts: Sequence[str]) -> Choice:
    words = ("somebody new: nobody here is known by it",)
    return Choice(None, NEW, tuple(doubts) or words)
