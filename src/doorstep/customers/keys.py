"""Keys: by what an arrival can be known, the surest first. Pure."""

from collections.abc import Iterator, Mapping

from doorstep.customers.mailboxes import is_role, mailbox_of
from doorstep.customers.model import Key, Sender, Trust
from doorstep.customers.numbers import is_line, number_of
from doorstep.customers.vouched import ATTESTED, vouched
from doorstep.kernel import Address, AddressKind

MORE = frozenset({"account", "loyalty_no", "device_id", "registered_to", "card_seen"})
"""What a channel may vouch for beside the address."""
TAIL = 8


def is_plain(sender: Sender) -> bool:
    """Whether its address is all there is to know it by; so with nearly every mail."""
    kind, attested = sender.address.kind, sender.attested
    if kind == AddressKind.CLAIMED:
        return True
    if sender.mailbox or not MORE.isdisjoint(attested):
        return False
    if kind == AddressKind.NUMBER:
        is_sure = attested.get("stir", "A").upper() != "C" and not is_line(sender.address.value)
        return is_sure and not _is_foreign(sender.address.value, attested)
    return kind == AddressKind.VISITOR or (kind == AddressKind.MAILBOX and not is_role(sender.address.value))


def is_alone(sender: Sender) -> bool:
    """Whether nothing but its address could tell who it is, should that be new here."""
    if sender.address.kind == AddressKind.CLAIMED:
        return True
    return sender.address.kind != AddressKind.NUMBER and not sender.orders and not sender.answers


def _is_foreign(number: str, attested: Mapping[str, str]) -> bool:
    """Whether another number, or none that names its country, stands beside it."""
    return (
        not number.startswith("+")
        or "".join(filter(str.isdigit, attested.get("wa_id", number))) != number[1:]
    )


def keys_of(sender: Sender) -> list[Key]:
    """Each key, once, the surest first."""
    if sender.address.kind == AddressKind.CLAIMED:
        return [Key(AddressKind.CLAIMED, sender.address.value, Trust.OWN, "the address it claims", 0.5)]
    found = list(_signed(sender.attested, sender.region))
    found += _own(sender.address, sender.attested)
    found += _weak(sender.attested)
    if sender.mailbox:
        trust = Trust.NEEDS if is_role(sender.mailbox) else Trust.WEAK
        found.append(Key(AddressKind.MAILBOX, sender.mailbox, trust, "the e-mail address that is said", 0.88))
    return list({(key.kind, key.value): key for key in reversed(found)}.values())[::-1]


def _signed(attested: Mapping[str, str], region: str) -> Iterator[Key]:
    if account := attested.get("account", "").strip():
        yield from _named(account, "signed in as", 0.99, region)
    if loyalty := attested.get("loyalty_no", "").strip():
        yield Key(AddressKind.LOYALTY, loyalty, Trust.SIGNED, f"loyalty number {loyalty}, checked", 0.98)
    if owner := attested.get("registered_to", "").strip():
        yield from _named(owner, "the device is registered to", 0.97, region)


def _named(name: str, words: str, confidence: float, region: str) -> Iterator[Key]:
    """A name in a shop: its own key for the customer, or the mailbox, the card or the number it asks for."""
    said = f"{words} {name}"
    yield Key(AddressKind.ACCOUNT, name.lower(), Trust.SIGNED, said, confidence)
    if mailbox := mailbox_of(name):
        yield Key(AddressKind.MAILBOX, mailbox, Trust.SIGNED, said, confidence)
        return
    yield Key(AddressKind.LOYALTY, name, Trust.SIGNED, said, confidence)
    if number := number_of(name, region):
        yield Key(AddressKind.NUMBER, number, Trust.SIGNED, said, confidence)


def _own(address: Address, attested: Mapping[str, str]) -> Iterator[Key]:
    is_vouched = vouched(address, attested) == ATTESTED
    if address.kind == AddressKind.MAILBOX:
        trust = Trust.NEEDS if is_role(address.value) else Trust.OWN
        how = "vouched for by its domain" if is_vouched else "which nobody vouches for"
        yield Key(address.kind, address.value, trust, f"e-mail address, {how}", 0.97 if is_vouched else 0.92)
    elif address.kind == AddressKind.NUMBER:
        yield from _number(address.value, attested, is_vouched)
    elif address.kind == AddressKind.HANDLE:
        yield Key(address.kind, address.value, Trust.OWN, "this handle on its network", 0.95)
        bare = f":{address.value.partition(':')[2]}"
        yield Key(address.kind, bare, Trust.WEAK, "this handle, of which no network is noted", 0.88)
    else:
        yield Key(address.kind, address.value, Trust.OWN, "seen under this name before", 0.9)


def _number(value: str, attested: Mapping[str, str], is_vouched: bool) -> Iterator[Key]:
    is_unsure = attested.get("stir", "").upper() == "C" and not is_vouched
    trust = Trust.NEEDS if is_unsure or is_line(value) else Trust.OWN
    how = "vouched for by its network" if is_vouched else "which nobody vouches for"
    yield Key(AddressKind.NUMBER, value, trust, f"telephone number, {how}", 0.96 if is_vouched else 0.91)
    if other := number_of(f"+{attested['wa_id'].lstrip('+')}") if attested.get("wa_id") else "":
        yield Key(AddressKind.NUMBER, other, Trust.OWN, "number of this WhatsApp account", 0.96)
    if tail := tail_of(value).removeprefix("line:"):
        words = "same number, its country not noted"
        yield Key(AddressKind.TAIL, tail, Trust.NEEDS if is_unsure else Trust.WEAK, words, 0.88)
        yield Key(AddressKind.TAIL, f"line:{tail}", Trust.NEEDS, words, 0.88)


def tail_of(number: str) -> str:
    """The last eight digits, with a mark for a land line; empty when there are fewer."""
    digits = "".join(filter(str.isdigit, number))
    found = digits[-TAIL:] if len(digits) >= TAIL else ""
    return f"line:{found}" if found and number.startswith("+") and is_line(number) else found


def _weak(attested: Mapping[str, str]) -> Iterator[Key]:
    if card := attested.get("card_seen", "").strip():
        yield Key(AddressKind.CARD, card, Trust.WEAK, "paid with a card seen on their orders", 0.9)
    if device := attested.get("device_id", "").strip():
        yield Key(AddressKind.DEVICE, device, Trust.WEAK, "device they were seen with before", 0.85)
