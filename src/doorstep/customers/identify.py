"""Identify: whose is it? By its address, where that is one person's; else by all that it says of its sender.

Nearly every arrival has an address that one person has, or nobody: one statement for the whole batch. What
has more keys, and what came from an address that several people use, is looked at again (`recognise.py`).
"""

from collections.abc import Sequence

import msgspec

from doorstep.customers.choose import said_by
from doorstep.customers.keys import is_plain
from doorstep.customers.model import Found, Known, Sender
from doorstep.customers.names import Kin
from doorstep.customers.recognise import recognise
from doorstep.customers.vouched import vouched
from doorstep.kernel import AddressKind, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


ANSWERS = ("it answers a message of theirs", "under the same name")


class Raced(Exception):
    """Another transaction made the same customer at this moment. Roll back and begin again."""


async def identify(tx: Connection, senders: Sequence[Sender]) -> list[Known]:
    """Whose each arrival is, in their order. One new address, however often it comes, makes one customer.

    Raises `Raced` when another transaction made one of them meanwhile.
    """
    plain = [n for n, sender in enumerate(senders) if is_plain(sender)]
    known = dict(zip(plain, await _by_address(tx, [senders[n] for n in plain]), strict=True))
    known |= await _adopted(tx, {n: f for n, f in known.items() if f.answers_name}, senders)
    doubtful = [n for n, sender in enumerate(senders) if n not in known or _is_doubtful(sender, known[n])]
    again = await recognise(tx, [senders[n] for n in doubtful]) if doubtful else []
    if None in again:
        raise Raced
    people = {n: Known(f.kind, f.value, f.customer_id, f.identity_id) for n, f in known.items()}
    people |= {n: person for n, person in zip(doubtful, again, strict=True) if person}
    return [people[n] for n in range(len(senders))]


def _is_doubtful(sender: Sender, found: Found) -> bool:
    """Whether others have the address too, or another name than its holder's is said."""
    if sender.address.kind == AddressKind.CLAIMED:
        return False
    if found.is_shared or not found.name or found.name == sender.address.name:
        return found.is_shared
    return said_by(sender).speaks_against(found.name)


async def _adopted(
    tx: Connection, answering: dict[int, Found], senders: Sequence[Sender]
) -> dict[int, Found]:
    """Of those who are new, the ones that answer a message of their own, under the same name."""
    same = {n: f for n, f in answering.items() if said_by(senders[n]).speaks_for(f.answers_name) is Kin.SAME}
    if not same:
        return {}
    await sql.run(
        tx,
        "adopt",
        new_ids=[f.customer_id for f in same.values()],
        identity_ids=[f.identity_id for f in same.values()],
        customer_ids=[f.answers_id for f in same.values()],
        interaction_ids=[senders[n].id for n in same],
        confidence=0.92,
        reasons=msgspec.json.encode(ANSWERS).decode(),
    )
    return {n: msgspec.structs.replace(f, customer_id=f.answers_id) for n, f in same.items()}


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
        answers=[s.answers for s in ordered],
        inbox_ids=[s.inbox_id for s in ordered],
    )
    known = {(row.kind, row.value): row for row in rows if row.answers_id is None}
    if len(known) < len(ordered):
        raise Raced
    for row in rows:
        if row.answers_id:
            own = known[row.kind, row.value]
            known[row.kind, row.value] = msgspec.structs.replace(
                own, answers_id=row.answers_id, answers_name=row.answers_name
            )
    return [known[a.kind, a.value] for a in addresses]
