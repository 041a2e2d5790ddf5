"""Erase a person: their words, addresses and files go; that something came, was ordered and was done stays.

What stays carries ids and figures only. A tombstone is left, by which they are known again when a backup is
restored or a message delivered a second time. What others wrote about them is others' and stays.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import Conflict, Invalid, new_id
from doorstep.people import Me
from doorstep.privacy.content import erase_lines, erase_signals
from doorstep.privacy.gather import gather, sql
from doorstep.privacy.model import Erase, Person, Shop, Shut, Tombstone
from doorstep.privacy.preview import preview, why_not
from doorstep.routing import count_waiting
from doorstep.store import Connection, jobs, outbox
from doorstep.store.erased import Erased, erased_names

JOB = "privacy.finish"
AT_ONCE = 200


class _Name(msgspec.Struct, frozen=True):
    inbox_id: UUID
    external_id: str


async def erase_confirmed(
    tx: Connection, customer_ids: Sequence[UUID], confirmed: Erase, me: Me, now: datetime
) -> None:
    """Erase what somebody was shown. Raises `NotFound`, `Invalid` for the name, `Conflict`."""
    await sql.tuples(tx, "hold_customers", customer_ids=list(customer_ids))
    shown = await preview(tx, customer_ids)
    if confirmed.name.strip() != shown.name.strip():
        raise Invalid("That is not the customer's name as it stands here.", field="name")
    if confirmed.state != shown.state:
        raise Conflict("Something was added or changed since you looked. Look again at what would go.")
    if shown.blocked:
        raise Conflict(shown.blocked)
    await erase(tx, customer_ids, now, me.agent_id)


async def erase(
    tx: Connection,
    customer_ids: Sequence[UUID],
    now: datetime,
    by: UUID | None,
    known: Tombstone | None = None,
) -> Tombstone:
    """Erase them, whatever was confirmed; `known`: a tombstone that is applied again. Raises `Conflict`."""
    person = await gather(tx, customer_ids)
    if known is None and (reason := await why_not(tx, person)):
        raise Conflict(reason)
    names = await erased_names(tx)
    seen = await _forget_names(tx, person.signals, names)
    files = await _erase_drafts(tx, person)
    files |= await erase_lines(tx, person.lines, person.signals, now)
    await erase_signals(tx, person.signals, [one for one in person.waiting if not one.is_counted])
    await _erase_who(tx, person, names, now)
    keys = [names.name(one.kind, one.value) for one in person.known]
    stone = known or Tombstone(new_id(), now, person.customer_ids, keys, seen)
    await sql.run(tx, "leave_tombstone", agent_id=by, **msgspec.structs.asdict(stone))
    await jobs.add(tx, JOB, (stone.id, sorted(files)), due_at=now, key=f"{stone.id} {new_id()}")
    for customer_id in person.customer_ids:
        await outbox.tell(tx, "customer.erased", customer_id, actor_id=by)
    return stone


async def _forget_names(tx: Connection, signals: Sequence[tuple[UUID, datetime]], names: Erased) -> list[str]:
    """Put in `seen` a name that tells nobody anything in the place of each; what comes again has it too."""
    hidden: list[str] = []
    for at in range(0, len(signals), AT_ONCE):
        part = signals[at : at + AT_ONCE]
        rows = await sql.tuples(tx, "signals", ids=[s[0] for s in part], received=[s[1] for s in part])
        found = [name for (signal,) in rows if (name := _name_in(signal))]
        new = [names.name(str(one.inbox_id), one.external_id) for one in found]
        await sql.run(
            tx,
            "hide_seen",
            inbox_ids=[one.inbox_id for one in found],
            olds=[one.external_id for one in found],
            news=new,
        )
        hidden += new
    return hidden


def _name_in(signal: bytes) -> _Name | None:
    try:
        return msgspec.json.decode(signal, type=_Name) if signal else None
    except msgspec.DecodeError:
        return None


async def _erase_drafts(tx: Connection, person: Person) -> set[str]:
    """What agents began to write to them; returns the files that may be nobody's now."""
    customers = person.customer_ids
    owners = [row[0] for row in await sql.tuples(tx, "erase_draft_files", customer_ids=customers)]
    await sql.run(tx, "erase_drafts", customer_ids=customers)
    return {row[0] for row in await sql.tuples(tx, "let_go", owner_ids=owners)}


async def _erase_who(tx: Connection, person: Person, names: Erased, now: datetime) -> None:
    """The person: addresses, what a shop says of them, their choices, and the name."""
    ids = person.customer_ids
    kinds, values = [one.kind for one in person.known], [one.value for one in person.known]
    for statement in ("erase_pictures", "erase_answered", "erase_rules"):
        await sql.run(tx, statement, kinds=kinds, vals=values)
    shops = await sql.rows(tx, "shops", Shop, customer_ids=ids)
    await sql.run(
        tx,
        "hide_shops",
        sources=[one.source for one in shops],
        olds=[one.external_id for one in shops],
        news=[names.name(one.source, one.external_id) for one in shops],
    )
    for statement in (
        *("erase_orders", "erase_payments", "erase_refunds", "erase_returns", "erase_shipments"),
        *("erase_tracking", "erase_actions", "erase_awaited", "erase_stood", "erase_links", "erase_choices"),
        *("erase_merges", "erase_described", "erase_held", "erase_matches", "erase_identities"),
    ):
        await sql.run(tx, statement, customer_ids=ids)
    shut = await sql.rows(tx, "shut_conversations", Shut, customer_ids=ids)
    await count_waiting(tx, _fewer(shut))
    await sql.run(tx, "erase_customers", customer_ids=ids, now=now)


def _fewer(shut: Sequence[Shut]) -> dict[UUID, int]:
    return {queue: -n for queue, n in Counter(row.queue_id for row in shut if row.was_open).items()}
