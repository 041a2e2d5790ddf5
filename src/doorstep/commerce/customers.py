"""A shop's customers, and which of ours each one is."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import CustomerRow
from doorstep.commerce.whose import Owner, Owners, Pair, identities, marks, owner_of, owners_of
from doorstep.commerce.write import sql
from doorstep.customers import Described, Telling, describe
from doorstep.kernel import Conflict, new_id
from doorstep.store import Connection
from doorstep.store.erased import erased_names

TRIES = 5


class ShopCustomer(msgspec.Struct, frozen=True):
    """What is known of a shop's customer: who it is here, and what the shop said last."""

    external_id: str
    customer_id: UUID
    said: bytes
    changed_at: datetime | None


class Match(msgspec.Struct, frozen=True):
    """A row and the customer it is; `fresh` when nobody was found and one is made."""

    n: int
    row: CustomerRow
    customer_id: UUID
    fresh: bool


class _Overtaken(Exception):
    """Another transaction took an identity or a name between our look and our write."""


async def put_customers(tx: Connection, source: str, rows: Sequence[CustomerRow]) -> list[Outcome]:
    """Put `rows`, no two with one key; who each is says `whose.py`. No identity changes hands.

    Who was erased here stays so, whatever the shop still says.
    """
    for _ in range(TRIES):
        try:
            async with tx.transaction():
                return await _put(tx, source, rows)
        except (_Overtaken, asyncpg.UniqueViolationError):
            continue
    raise Conflict("These customers are being written by somebody else. Send them again.")


async def _put(tx: Connection, source: str, rows: Sequence[CustomerRow]) -> list[Outcome]:
    names = await erased_names(tx)
    erased = {row.external_id: names.name(source, row.external_id) for row in rows}
    asked = [*erased, *erased.values()]
    found = await sql.rows(tx, "shop_customers", ShopCustomer, source=source, external_ids=asked)
    known = {record.external_id: record for record in found}
    changed = [
        (n, row)
        for n, row in enumerate(rows, 1)
        if erased[row.external_id] not in known and _says_more(known.get(row.external_id), row)
    ]
    if not changed:
        return []
    owners = await owners_of(tx, [row for _, row in changed])
    taken = {pair: they[0].customer_id for pair, they in owners.items()}
    matches = _match(changed, known, owners)
    await _write(tx, source, matches, taken)
    return [Outcome(match.n, match.customer_id, match.customer_id, None) for match in matches]


def _says_more(known: ShopCustomer | None, row: CustomerRow) -> bool:
    if known is None:
        return True
    is_older = known.changed_at and row.changed_at and row.changed_at < known.changed_at
    return not is_older and known.said != _fingerprint(row)


def _fingerprint(row: CustomerRow) -> bytes:
    return hashlib.sha256(msgspec.json.encode(row)).digest()


def _match(
    rows: Sequence[tuple[int, CustomerRow]], known: dict[str, ShopCustomer], owners: Owners
) -> list[Match]:
    matches = []
    for n, row in rows:
        record = known.get(row.external_id)
        owner = record.customer_id if record else owner_of(row, owners)
        customer_id = owner or new_id()
        born = [row.birth_date] if row.birth_date else None
        for kind, value in identities(row):
            owners.setdefault((kind, value), []).append(Owner(kind, value, customer_id, row.name, born))
        matches.append(Match(n, row, customer_id, owner is None))
    return matches


async def _write(tx: Connection, source: str, matches: Sequence[Match], taken: dict[Pair, UUID]) -> None:
    await sql.run(tx, "add_customers", rows=_encoded([m for m in matches if m.fresh]))
    await _add_identities(tx, matches, taken)
    await _add_holders(tx, source, matches, taken)
    await describe(tx, source, [Telling(m.customer_id, m.row.external_id, _said(m.row)) for m in matches])
    last = {match.customer_id: match for match in matches if not match.fresh}
    if last:
        await sql.run(tx, "change_customers", rows=_encoded(list(last.values())))
    ordered = sorted(matches, key=lambda match: match.row.external_id)
    written = await sql.run(
        tx,
        "put_shop_customers",
        source=source,
        external_ids=[match.row.external_id for match in ordered],
        customer_ids=[match.customer_id for match in ordered],
        said=[_fingerprint(match.row) for match in ordered],
        changed=[match.row.changed_at for match in ordered],
    )
    if written != len(matches):
        raise _Overtaken


async def _add_identities(tx: Connection, matches: Sequence[Match], taken: dict[Pair, UUID]) -> None:
    new: dict[Pair, Match] = {}
    for match in matches:
        for pair in identities(match.row):
            if pair not in taken:
                new.setdefault(pair, match)
    taken.update({pair: match.customer_id for pair, match in new.items()})
    ordered = sorted(new.items(), key=lambda item: item[0])
    added = await sql.run(
        tx,
        "add_identities",
        ids=[new_id() for _ in ordered],
        kinds=[kind for (kind, _), _ in ordered],
        vals=[value for (_, value), _ in ordered],
        names=[match.row.name for _, match in ordered],
        customer_ids=[match.customer_id for _, match in ordered],
    )
    if added != len(ordered):
        raise _Overtaken


async def _add_holders(
    tx: Connection, source: str, matches: Sequence[Match], taken: dict[Pair, UUID]
) -> None:
    """Who has an address that is another's identity, and the marks that are no addresses."""
    held: dict[tuple[Pair, UUID], Match] = {}
    for match in matches:
        others = [pair for pair in identities(match.row) if taken[pair] != match.customer_id]
        held |= {(pair, match.customer_id): match for pair in [*others, *marks(source, match.row)]}
    ordered = sorted(held)
    await sql.run(
        tx,
        "add_holders",
        kinds=[kind for (kind, _), _ in ordered],
        vals=[value for (_, value), _ in ordered],
        customer_ids=[customer_id for _, customer_id in ordered],
        names=[held[key].row.name for key in ordered],
    )


def _said(row: CustomerRow) -> Described:
    found = dict(identities(row))
    return Described(
        name=row.name,
        mailbox=found.get("mailbox", ""),
        number=found.get("number", ""),
        street=row.street,
        house_no=row.house_no,
        postcode=row.postcode,
        city=row.city,
        country=row.country,
        birth_date=row.birth_date,
        loyalty_no=found.get("loyalty", ""),
        handle=found.get("handle", ""),
    )


def _encoded(matches: Sequence[Match]) -> str:
    fields = ("name", "city", "country", "language", "created_at")
    rows = [{"id": m.customer_id, **{field: getattr(m.row, field) for field in fields}} for m in matches]
    return msgspec.json.encode(rows).decode()
