"""Suggest: who may be one person. After what was taken in is committed, never in its transaction.

Descriptions that share a word (`blocks.py`) are weighed. What is certain is linked, when all that both
clusters say agrees; what is likely becomes a question. A cluster grows by what all of it says, never along
a chain, and of two that both fit and contradict each other neither is taken.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import msgspec

from doorstep.customers.describe import Telling, describe
from doorstep.customers.merge import merge
from doorstep.customers.names import Kin, kin
from doorstep.customers.weigh import Described, Weighed, weigh
from doorstep.store import Connection, beside

sql = beside(__file__)

MATCHED = "matched"
"""The evidence of a link that nobody made by hand."""
COMMON = 60
"""A word that more descriptions have says nothing of anybody."""
MOST = 20
"""So many descriptions of a cluster are weighed against another's."""
LARGEST = 40
"""Descriptions beyond which a cluster takes nobody more by itself."""
AGREEING = 0.0
"""What all pairs of two clusters weigh on average, at least."""
SIGNALS = "signals"
"""The source of what is known of somebody from their signals alone."""


class Told(msgspec.Struct, frozen=True):
    """One description, and the customer it is shown under. `is_heard`: by signals, of no source."""

    customer_id: UUID
    lead_id: UUID
    said: Described
    is_heard: bool


class Heard(msgspec.Struct, frozen=True):
    """What the identities of a customer say, of whom no source says anything."""

    customer_id: UUID
    kind: str
    value: str
    name: str


class Row(msgspec.Struct, frozen=True):
    """A description as it lies in the store."""

    customer_id: UUID
    lead_id: UUID
    said: str
    is_heard: bool


Clusters = dict[UUID, list[Described]]


async def suggest(tx: Connection, customer_ids: Sequence[UUID]) -> None:
    """Look whom each of these may also be: link what is certain, keep what is likely as a question."""
    await _describe_heard(tx, customer_ids)
    for customer_id in customer_ids:
        await _look(tx, customer_id)


async def _describe_heard(tx: Connection, customer_ids: Sequence[UUID]) -> None:
    heard = await sql.rows(tx, "heard", Heard, customer_ids=list(customer_ids))
    together: dict[UUID, list[Heard]] = {}
    for one in heard:
        together.setdefault(one.customer_id, []).append(one)
    await describe(
        tx,
        SIGNALS,
        [Telling(customer_id, str(customer_id), _heard(all_)) for customer_id, all_ in together.items()],
    )


def _heard(identities: Sequence[Heard]) -> Described:
    def first(kind: str) -> str:
        return next((one.value for one in identities if one.kind == kind), "")

    return Described(
        name=next((one.name for one in identities if one.name), ""),
        mailbox=first("mailbox"),
        number=first("number"),
        handle=first("handle"),
    )


async def _look(tx: Connection, customer_id: UUID) -> None:
    """One customer, against all that share a word with what is said of them."""
    rows = await sql.rows(tx, "near", Row, customer_id=customer_id, common=COMMON)
    if not rows:
        return
    told = [Told(row.customer_id, row.lead_id, _read(row.said), row.is_heard) for row in rows]
    own = next((one.lead_id for one in told if one.customer_id == customer_id), customer_id)
    clusters: dict[UUID, list[Told]] = {}
    for one in told:
        clusters.setdefault(one.lead_id, []).append(one)
    mine = clusters.pop(own, [])
    best = {lead: _best(mine, they) for lead, they in clusters.items()}
    likely = {lead: found for lead, found in best.items() if found.is_likely}
    if likely:
        await _settle(tx, own, [one.said for one in mine], likely)


def _best(mine: Sequence[Told], theirs: Sequence[Told]) -> Weighed:
    return max((_weighed(a, b) for a, b in product(mine, theirs)), key=_rank)


def _weighed(one: Told, other: Told) -> Weighed:
    """What is nearly somebody's address may be meant to look so: of signals only the same counts."""
    mine, theirs = one.said, other.said
    if not (one.is_heard or other.is_heard):
        return weigh(mine, theirs)
    if mine.mailbox != theirs.mailbox:
        mine = msgspec.structs.replace(mine, mailbox="")
    found = weigh(mine, theirs)
    is_by_name = mine.mailbox or kin(mine.name, theirs.name) >= Kin.PART
    return found if is_by_name else msgspec.structs.replace(found, doubt="only a number")


def _rank(found: Weighed) -> tuple[bool, bool, float]:
    return (not found.conflict, not found.doubt, found.score)


def _read(said: str) -> Described:
    return msgspec.json.decode(said, type=Described)


async def _settle(tx: Connection, own: UUID, mine: list[Described], likely: dict[UUID, Weighed]) -> None:
    certain = {lead: found for lead, found in likely.items() if found.is_certain}
    refused = set(await _refused(tx, own, likely))
    whole = await _whole(tx, list(certain))
    fits = {lead for lead in certain if lead not in refused and _agrees(mine, whole[lead])}
    if any(not _agrees(whole[a], whole[b]) for a in fits for b in fits if a < b):
        fits = set()
    for lead in sorted(fits, key=lambda lead: -certain[lead].score):
        if _agrees(mine, whole[lead]):
            await merge(tx, lead, own, MATCHED, certain[lead].reasons, None, datetime.now(UTC))
            mine, own = [*whole[lead], *mine], lead
    asked = {lead: found for lead, found in likely.items() if lead not in fits | refused}
    await _ask(tx, own, asked)


async def _whole(tx: Connection, leads: Sequence[UUID]) -> Clusters:
    found: Clusters = {lead: [] for lead in leads}
    if leads:
        for row in await sql.rows(tx, "descriptions_of", Row, lead_ids=list(leads), most=LARGEST + 1):
            found[row.lead_id].append(_read(row.said))
    return found


def _agrees(mine: Sequence[Described], theirs: Sequence[Described]) -> bool:
    if len(mine) + len(theirs) > LARGEST:
        return False
    pairs = [weigh(a, b) for a, b in product(mine[:MOST], theirs[:MOST])]
    return not any(p.conflict for p in pairs) and sum(p.score for p in pairs) >= AGREEING * len(pairs)


async def _refused(tx: Connection, own: UUID, likely: Iterable[UUID]) -> list[UUID]:
    rows = await sql.tuples(tx, "refused", one_id=own, other_ids=list(likely))
    return [row[0] for row in rows]


async def _ask(tx: Connection, own: UUID, asked: dict[UUID, Weighed]) -> None:
    pairs = [(min(own, lead), max(own, lead), found) for lead, found in asked.items() if lead != own]
    if pairs:
        await sql.run(
            tx,
            "put_matches",
            ones=[one for one, _, _ in pairs],
            others=[other for _, other, _ in pairs],
            scores=[found.score for _, _, found in pairs],
            confidences=[found.confidence for _, _, found in pairs],
            reasons=[msgspec.json.encode(found.reasons).decode() for _, _, found in pairs],
        )
