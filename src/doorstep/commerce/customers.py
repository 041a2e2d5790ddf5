"""A shop's customers, and which of ours each one is."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import CustomerRow
from doorstep.commerce.write import sql
from doorstep.kernel import AddressKind, Conflict, new_id
from doorstep.store import Connection
from doorstep.store.erased import erased_names

TRIES = 5


class ShopCustomer(msgspec.Struct, frozen=True):
    """What is known of a shop's customer: who it is here, and what the shop said last."""

    external_id: str
    customer_id: UUID
    said: bytes
    changed_at: datetime | None


class Owner(msgspec.Struct, frozen=True):
    """Whose an identity is."""

    kind: str
    value: str
    customer_id: UUID


class Match(msgspec.Struct, frozen=True):
    """A row and the customer it is; `fresh` when nobody was found and one is made."""

    n: int
    row: CustomerRow
    customer_id: UUID
    fresh: bool


class _Overtaken(Exception):
    """Another transaction took an identity or a name between our look and our write."""


async def put_customers(tx: Connection, source: str, rows: Sequence[CustomerRow]) -> list[Outcome]:
    """Put `rows`, no two with one key. Who has a known mailbox or loyalty number is that customer.

    A number, which a household may share, decides only where it is all there is. No identity changes hands.
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
    owners = await _owners(tx, [row for _, row in changed])
    matches = _match(changed, known, dict(owners))
    await _write(tx, source, matches, owners)
    return [Outcome(match.n, match.customer_id, match.customer_id, None) for match in matches]


def _says_more(known: ShopCustomer | None, row: CustomerRow) -> bool:
    if known is None:
        return True
    is_older = known.changed_at and row.changed_at and row.changed_at < known.changed_at
    return not is_older and known.said != _fingerprint(row)


def _fingerprint(row: CustomerRow) -> bytes:
    return hashlib.sha256(msgspec.json.encode(row)).digest()


async def _owners(tx: Connection, rows: Sequence[CustomerRow]) -> dict[tuple[str, str], UUID]:
    pairs = sorted({pair for row in rows for pair in identities(row)})
    kinds, values = [kind for kind, _ in pairs], [value for _, value in pairs]
    found = await sql.rows(tx, "owners", Owner, kinds=kinds, vals=values)
    return {(owner.kind, owner.value): owner.customer_id for owner in found}


def identities(row: CustomerRow) -> list[tuple[str, str]]:
    """The addresses of a row, normalised, the deciding first. A number without + names no country: none."""
    mailbox, loyalty = row.mailbox.strip().lower(), row.loyalty.strip()
    number = re.sub(r"[\s().\-/]", "", row.number)
    pairs = [(AddressKind.MAILBOX, mailbox), (AddressKind.LOYALTY, loyalty)]
    if re.fullmatch(r"\+[1-9]\d{6,14}", number):
        pairs.append((AddressKind.NUMBER, number))
    return [(kind.value, value) for kind, value in pairs if value]


def _deciding(row: CustomerRow) -> list[tuple[str, str]]:
    pairs = identities(row)
    return [pair for pair in pairs if pair[0] != AddressKind.NUMBER] or pairs


def _match(
    rows: Sequence[tuple[int, CustomerRow]],
    known: dict[str, ShopCustomer],
    owners: dict[tuple[str, str], UUID],
) -> list[Match]:
    matches = []
    for n, row in rows:
        record = known.get(row.external_id)
        owner = (
            record.customer_id if record else next((owners[p] for p in _deciding(row) if p in owners), None)
        )
        customer_id = owner or new_id()
        for pair in identities(row):
            owners.setdefault(pair, customer_id)
        matches.append(Match(n, row, customer_id, owner is None))
    return matches


async def _write(
    tx: Connection, source: str, matches: Sequence[Match], owners: dict[tuple[str, str], UUID]
) -> None:
    await sql.run(tx, "add_customers", rows=_encoded([m for m in matches if m.fresh]))
    await _add_identities(tx, matches, owners)
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


async def _add_identities(
    tx: Connection, matches: Sequence[Match], owners: dict[tuple[str, str], UUID]
) -> None:
    new: dict[tuple[str, str], Match] = {}
    for match in matches:
        for pair in identities(match.row):
            if pair not in owners:
                new.setdefault(pair, match)
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


def _encoded(matches: Sequence[Match]) -> str:
    fields = ("name", "city", "country", "language", "created_at")
    rows = [{"id": m.customer_id, **{field: getattr(m.row, field) for field in fields}} for m in matches]
    return msgspec.json.encode(rows).decode()
