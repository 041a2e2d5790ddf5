"""Go on: a customer who writes without naming a thread may go on in an open matter.

In that of the same order; else, on another channel, in the only one that is active within 14 days. Where
several fit, the matter is a new one and the desk asks. What the arrival's own record has decides first, as
if it were merged with none; a matter of another record of the same person is joined, never written into.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from doorstep.conversations.model import Found, Matter
from doorstep.customers import Known
from doorstep.kernel import Kind, Signal, new_id
from doorstep.understanding import Orders

ACTIVE = timedelta(days=14)
SAME_ORDER, ONLY_ACTIVE = 500, 510
"""The ranks of a matter in which the same order was named, and of one that is only active."""


class Loose(msgspec.Struct, frozen=True):
    """An arrival that names no thread."""

    index: int
    signal: Signal
    person: Known
    orders: Orders


def is_loose(signal: Signal) -> bool:
    """Whether it may go on in some matter without naming it."""
    is_named = signal.references or signal.token
    return signal.kind is Kind.MESSAGE and not (is_named or signal.is_past or signal.ours_to)


def go_on(loose: Loose, fits: Sequence[Found]) -> Matter:
    """The matter it belongs to, of those that were found for its person."""
    own = [f for f in fits if f.customer_id == loose.person.customer_id]
    others = [f for f in fits if f.customer_id != loose.person.customer_id]
    if own:
        others = [f for f in others if f.rank == SAME_ORDER]
    return _chosen(loose, own, fits) or _chosen(loose, others, others) or _fresh(loose)


def _chosen(loose: Loose, among: Sequence[Found], fits: Sequence[Found]) -> Matter | None:
    """The one of these that it goes on in, or all of those that fit, to be asked for; none: neither."""
    active = _matters(loose, among)
    named = [f for f in active if f.rank == SAME_ORDER]
    is_elsewhere = any(f.channel != loose.signal.channel for f in active)
    if len(named) > 1:
        return _fresh(loose, asks=named)
    if named or (is_elsewhere and len(active) == 1):
        return _into(loose, (named or active)[0])
    return _fresh(loose, asks=_matters(loose, fits)) if is_elsewhere else None


def opened_here(loose: Loose, opened: Sequence[tuple[Loose, Matter]]) -> list[Found]:
    """What the same batch opened for the same person, as if it had been there."""
    theirs = [(one, matter) for one, matter in opened if matter.customer_id == loose.person.customer_id]
    return [
        Found(
            loose.index,
            ONLY_ACTIVE if set(loose.orders.surely).isdisjoint(one.orders.maybe) else SAME_ORDER,
            matter.conversation_id,
            matter.customer_id,
            one.signal.channel,
            matter.conversation_id,
            matter.conversation_id,
        )
        for one, matter in theirs
    ]


def _matters(loose: Loose, fits: Sequence[Found]) -> list[Found]:
    """One for each matter, the same order first; of its own record, as they stand without any merge."""
    found: dict[UUID, Found] = {}
    for fit in sorted(fits, key=lambda fit: fit.rank):
        is_own = fit.customer_id == loose.person.customer_id
        found.setdefault(fit.own_id if is_own else fit.whole_id, fit)
    return list(found.values())


def _into(loose: Loose, found: Found) -> Matter:
    if found.customer_id == loose.person.customer_id:
        return Matter(found.conversation_id, found.customer_id)
    return msgspec.structs.replace(_fresh(loose), joins=found.conversation_id)


def _fresh(loose: Loose, asks: Sequence[Found] = ()) -> Matter:
    asked = tuple(f.conversation_id for f in asks)
    return Matter(new_id(), loose.person.customer_id, opens=True, asks=asked)
