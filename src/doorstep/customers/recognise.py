"""Recognise: whose an arrival is when its address alone does not say it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from doorstep.customers.choose import choose, said_by
from doorstep.customers.keys import keys_of
from doorstep.customers.model import Choice, Hint, Holder, Key, Known, Sender, Trust
from doorstep.customers.place import Placed, place
from doorstep.kernel import new_id
from doorstep.store import Connection, beside

sql = beside(__file__)

Having = dict[tuple[str, str], list[Holder]]


async def recognise(tx: Connection, senders: Sequence[Sender]) -> list[Known | None]:
    """Whose each is, in their order, and why, which is kept; None where another transaction was faster."""
    keys = [keys_of(sender) for sender in senders]
    having = await _having(tx, keys)
    hints = await _hints(tx, senders)
    placed = []
    for n, sender in enumerate(senders):
        choice = choose(sender, keys[n], having, [hint for hint in hints if hint.n == n])
        placed.append(_placed(sender, choice, keys[n], having))
    return await place(tx, placed)


async def _having(tx: Connection, keys: Sequence[Sequence[Key]]) -> Having:
    distinct = sorted({(str(key.kind), key.value) for each in keys for key in each})
    rows = await sql.rows(
        tx, "holders", Holder, kinds=[kind for kind, _ in distinct], values=[value for _, value in distinct]
    )
    found: Having = {}
    for row in rows:
        found.setdefault((row.kind, row.value), []).append(row)
    return found


async def _hints(tx: Connection, senders: Sequence[Sender]) -> list[Hint]:
    orders = [(n, order) for n, sender in enumerate(senders) for order in sender.orders]
    answers = [(n, s.answers, s.inbox_id) for n, s in enumerate(senders) if s.answers]
    if not orders and not answers:
        return []
    return await sql.rows(
        tx,
        "hints",
        Hint,
        order_places=[n for n, _ in orders],
        order_nos=[order for _, order in orders],
        places=[n for n, _, _ in answers],
        names=[name for _, name, _ in answers],
        inbox_ids=[inbox_id for _, _, inbox_id in answers],
    )


def _placed(sender: Sender, choice: Choice, keys: Sequence[Key], having: Having) -> Placed:
    """What is to be written; those that come after it in the batch find it already."""
    address = sender.address
    own = (str(address.kind), address.value)
    there = next((h.identity_id for h in having.get(own, ()) if h.identity_id), None)
    customer_id = choice.customer_id or new_id()
    identity_id = there or new_id()
    name = next(iter(said_by(sender).names), "")
    is_known = bool(choice.customer_id)
    kept = [] if choice.is_question else [k for k in keys if there or (k.kind, k.value) != own]
    held = [key for key in kept if _is_theirs(key, having, customer_id)]
    lead = next((h.lead_id for they in having.values() for h in they if h.customer_id == customer_id), None)
    placed = Placed(sender, choice, customer_id, identity_id, name, is_known, there is None, tuple(held))
    for kind, value in {own, *((str(key.kind), key.value) for key in held)}:
        if choice.is_question and (kind, value) == own and there:
            continue
        _remember(having, kind, value, customer_id, lead or customer_id, name, identity_id)
    return placed


def _is_theirs(key: Key, having: Having, customer_id: UUID) -> bool:
    """Whether it is noted as theirs from now on: what they sign in by, what they come by."""
    if key.kind == "handle" and key.trust is Trust.WEAK:
        return False
    if key.trust is Trust.SIGNED and key.kind == "number":
        return False
    return all(h.customer_id != customer_id for h in having.get((key.kind, key.value), ()))


def _remember(
    having: Having, kind: str, value: str, customer_id: UUID, lead_id: UUID, name: str, identity_id: UUID
) -> None:
    they = having.setdefault((kind, value), [])
    if all(holder.customer_id != customer_id for holder in they):
        they.append(Holder(kind, value, customer_id, lead_id, name, datetime.now(UTC), identity_id))
