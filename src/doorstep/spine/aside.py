"""Aside: what arrives and is no new word of a customer's.

A copy of what stands in the story is remembered with the inbox it came by. What one of us wrote in another
program is filed as ours where it belongs; where it belongs nowhere it is set aside, undelivered and whole,
for a forged sender looks the same.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.conversations import Copy, Entry, Matter, Standing, add_copies, belongs, file, sent_by_us
from doorstep.desk import show
from doorstep.spine.edge import sql
from doorstep.spine.model import Prepared
from doorstep.store import Connection, outbox

NOBODYS = (
    "It says that it is from an inbox of ours, and it belongs to no conversation. Look at the original: a "
    "form or a scanner that writes in our name needs an address of its own."
)


class SortedOut(msgspec.Struct, frozen=True):
    """A batch by what is to be done with it; `copies` by the interactions they stand by."""

    theirs: list[Prepared]
    ours: list[Prepared]
    copies: list[tuple[Prepared, UUID]]
    unwanted: list[Prepared]


async def with_returned(tx: Connection, batch: Sequence[Prepared], known: Standing) -> Standing:
    """And which of the past are replies that left from here, as a mailbox keeps them among what was sent."""
    past = [n for n, p in enumerate(batch) if p.signal.ours_to and n not in known.there]
    if not past:
        return known
    sent = await sent_by_us(tx, [batch[n].signal.message_id for n in past])
    there = {past[n]: interaction_id for n, interaction_id in sent.items()}
    return Standing(known.there | there, known.ours)


def sort(batch: Sequence[Prepared], known: Standing) -> SortedOut:
    """Sort a batch out. Of two copies within it, one that says where it belongs is the first."""
    found = SortedOut([], [], [], [])
    fresh = [p for p in batch if not (p.is_reading or p.unwanted)]
    by_token = sorted(reversed(fresh), key=lambda p: bool(p.signal.token))
    firsts: dict[UUID | None, UUID] = {p.once: p.claimed.signal_id for p in by_token if p.once}
    for n, p in enumerate(batch):
        first = known.there.get(n) or firsts.get(p.once, p.claimed.signal_id)
        if p.is_reading and n not in known.ours:
            found.theirs.append(p)
        elif p.is_reading:
            continue
        elif n in known.ours and n not in known.there and not p.signal.ours_to:
            found.ours.append(p)
        elif first == p.claimed.signal_id:
            (found.unwanted if p.unwanted else found.theirs).append(p)
        else:
            found.copies.append((p, first))
    return found


async def take_in_the_rest(tx: Connection, batch: SortedOut) -> None:
    """Remember the copies, file what is ours, set the rest aside."""
    if not (batch.copies or batch.ours):
        return
    sent = await sent_by_us(tx, [p.signal.message_id for p in batch.ours])
    ours = [p for n, p in enumerate(batch.ours) if n not in sent]
    filed, again = await _file_ours(tx, ours)
    returned = [(p, sent[n]) for n, p in enumerate(batch.ours) if n in sent]
    copied = [*batch.copies, *returned, *again]
    rows = await add_copies(
        tx,
        [Copy(p.claimed.signal_id, at, p.signal.inbox_id, p.claimed.received_at) for p, at in copied],
    )
    told = [(row.customer_id, row.conversation_id, row.id) for row in rows if row.id not in filed]
    await outbox.tell_many(tx, "signal.copied", told)
    stands = {p.claimed.signal_id for p, _ in copied}
    await _set_aside(tx, [p for p in ours if p.claimed.signal_id not in stands])


async def _file_ours(
    tx: Connection, ours: Sequence[Prepared]
) -> tuple[frozenset[UUID], list[tuple[Prepared, UUID]]]:
    """The interactions that were made; and every arrival that stands by one, its own or another's."""
    where = await belongs(tx, [p.signal for p in ours]) if ours else {}
    made: dict[UUID, Entry] = {}
    stands = []
    for p, matter in ((ours[n], matter) for n, matter in sorted(where.items())):
        key = p.once or p.claimed.signal_id
        made.setdefault(key, _entry(p, matter))
        stands.append((p, made[key].id))
    entries = list(made.values())
    await show(tx, entries, await file(tx, entries), "signal.shown")
    return frozenset(e.id for e in entries), stands


def _entry(p: Prepared, matter: Matter) -> Entry:
    claimed = p.claimed
    return Entry(
        claimed.signal_id,
        p.signal,
        claimed.received_at,
        matter.customer_id,
        None,
        matter,
        p.signal.inbox_id,
        claimed.received_at,
        p.understood.matter,
        p.html,
        p.once,
        is_ours=True,
    )


async def _set_aside(tx: Connection, left: Sequence[Prepared]) -> None:
    if not left:
        return
    await sql.run(
        tx,
        "set_aside",
        ids=[p.claimed.id for p in left],
        signal_ids=[p.claimed.signal_id for p in left],
        received=[p.claimed.received_at for p in left],
        inbox_ids=[p.signal.inbox_id for p in left],
        channels=[p.signal.channel for p in left],
        lanes=[p.claimed.lane for p in left],
        priorities=[p.claimed.priority for p in left],
        error=NOBODYS,
    )
