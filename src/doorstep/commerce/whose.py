"""Whose: which customer of ours a shop's customer is, by addresses that one person has alone."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from doorstep.commerce.rows import CustomerRow
from doorstep.commerce.write import sql
from doorstep.customers import (
    Kin,
    handle_of,
    is_another_person,
    is_personal,
    is_role,
    kin,
    mailbox_of,
    number_of,
    region_of,
    tail_of,
)
from doorstep.kernel import AddressKind
from doorstep.store import Connection

GENERATION = 14
"""Years between two births from which they are two people's, whatever else they share."""
Pair = tuple[str, str]


class Owner(msgspec.Struct, frozen=True):
    """Who has an identity, under which name, and when they were born as far as sources say."""

    kind: str
    value: str
    customer_id: UUID
    name: str
    born: list[date] | None


Owners = dict[Pair, list[Owner]]


def identities(row: CustomerRow) -> list[Pair]:
    """The addresses of a row, normalised, the deciding first. A number without a country is none."""
    pairs = [
        (AddressKind.MAILBOX, mailbox_of(row.mailbox) or row.mailbox.strip().lower()),
        (AddressKind.LOYALTY, row.loyalty.strip()),
        (AddressKind.HANDLE, handle_of(row.handle)),
        (AddressKind.NUMBER, number_of(row.number, region_of(row.country))),
    ]
    return [(kind.value, value) for kind, value in pairs if value]


def marks(source: str, row: CustomerRow) -> list[Pair]:
    """By what else it may be known: the shop's own key for it, and the end of its number."""
    key = row.external_id.lower()
    pairs = [(AddressKind.ACCOUNT, key), (AddressKind.ACCOUNT, f"{source.lower()}:{key}")]
    number = number_of(row.number, region_of(row.country)) or row.number
    pairs.append((AddressKind.TAIL, tail_of(number)))
    return [(kind.value, value) for kind, value in pairs if value]


async def owners_of(tx: Connection, rows: Sequence[CustomerRow]) -> Owners:
    """Who has the addresses of these rows."""
    pairs = sorted({pair for row in rows for pair in identities(row)})
    kinds, values = [kind for kind, _ in pairs], [value for _, value in pairs]
    found: Owners = {}
    for owner in await sql.rows(tx, "owners", Owner, kinds=kinds, vals=values):
        found.setdefault((owner.kind, owner.value), []).append(owner)
    return found


def owner_of(row: CustomerRow, owners: Owners) -> UUID | None:
    """The customer it is; none: nobody yet, or it cannot be said by an address.

    A number, which a household may share, decides only where it is all there is, and is one person's.
    """
    pairs = identities(row)
    deciding = [pair for pair in pairs if pair[0] != AddressKind.NUMBER] or pairs
    return next((found for pair in deciding if (found := _by(pair, row, owners.get(pair, [])))), None)


def _by(pair: Pair, row: CustomerRow, they: Sequence[Owner]) -> UUID | None:
    fits = {o.customer_id: kin(row.name, o.name) for o in they if not _is_somebody_else(row, o)}
    everyone = {o.customer_id for o in they}
    is_shared = len(everyone) > 1 or _is_for_several(pair)
    best = [customer_id for customer_id, fit in fits.items() if fit is max(fits.values())]
    if len(best) != 1 or (is_shared and fits[best[0]] < Kin.PART):
        return None
    return None if is_shared and pair[0] == AddressKind.NUMBER else best[0]


def _is_for_several(pair: Pair) -> bool:
    kind, value = pair
    if kind == AddressKind.NUMBER:
        return not is_personal(value)
    return kind == AddressKind.MAILBOX and is_role(value)


def _is_somebody_else(row: CustomerRow, owner: Owner) -> bool:
    if is_another_person(row.name, owner.name):
        return True
    return any(
        row.birth_date and abs(row.birth_date.year - born.year) >= GENERATION for born in owner.born or ()
    )
