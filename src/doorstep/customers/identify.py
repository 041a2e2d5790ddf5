"""Identify: whose is it? By its address, where that is one person's; else by all that it says of its sender.

Nearly every arrival has an address that one person has, or nobody: one statement for the whole batch. What
has more keys, and what came from an address that several people use, is looked at again (`recognise.py`).
"""

from collections.abc import Sequence

from doorstep.customers.choose import said_by
from doorstep.customers.keys import is_alone, is_plain
from doorstep.customers.model import Found, Known, Sender
from doorstep.customers.recognise import recognise
from doorstep.customers.vouched import vouched
from doorstep.kernel import AddressKind, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


class Raced(Exception):
    """Another transaction made the same customer at this moment. Roll back and begin again."""


async def identify(tx: Connection, senders: Sequence[Sender]) -> list[Known]:
    """Whose each arrival is, in their order. One new address, however often it comes, makes one customer.

    Raises `Raced` when another transaction made one of them meanwhile.
    """
    plain = [n for n, sender in enumerate(senders) if is_plain(sender)]
    found = dict(zip(plain, await _by_address(tx, [senders[n] for n in plain]), strict=True))
    known = {n: person for n, f in found.items() if (person := _known(senders[n], f))}
    doubtful = [n for n in range(len(senders)) if n not in known]
    again = await recognise(tx, [senders[n] for n in doubtful]) if doubtful else []
    if None in again:
        raise Raced
    known |= {n: person for n, person in zip(doubtful, again, strict=True) if person}
    return [known[n] for n in range(len(senders))]


def _known(sender: Sender, found: Found) -> Known | None:
    """Whose it is, where the address is enough."""
    if found.customer_id is None or found.identity_id is None or _is_doubtful(sender, found):
        return None
    return Known(found.kind, found.value, found.customer_id, found.identity_id)


def _is_doubtful(sender: Sender, found: Found) -> bool:
    """Whether others have the address too, or another name than its holder's is said."""
    if sender.address.kind == AddressKind.CLAIMED:
        return False
    if found.is_shared or not found.name or found.name == sender.address.name:
        return found.is_shared
    return said_by(sender).speaks_against(found.name)


async def _by_address(tx: Connection, senders: Sequence[Sender]) -> list[Found]:
    if not senders:
        return []
    addresses = [sender.address for sender in senders]
    distinct = {(s.address.kind, s.address.value): s for s in reversed(senders)}
    ordered = [distinct[key] for key in sorted(distinct)]
    rows = await sql.rows(
        tx,
        "identify",
        Found,
        kinds=[s.address.kind for s in ordered],
        values=[s.address.value for s in ordered],
        names=[s.address.name or next(iter(said_by(s).names), "") for s in ordered],
        evidence=[vouched(s.address, s.attested) for s in ordered],
        customer_ids=[new_id() for _ in ordered],
        identity_ids=[new_id() for _ in ordered],
        alone=[is_alone(s) for s in ordered],
    )
    known = {(row.kind, row.value): row for row in rows}
    if len(known) < len(ordered):
        raise Raced
    return [known[a.kind, a.value] for a in addresses]
