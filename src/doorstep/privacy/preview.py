"""Preview: what would go, counted, and a name for exactly that."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.kernel import NotFound
from doorstep.privacy.gather import gather, sql
from doorstep.privacy.model import ErasurePreview, Person
from doorstep.store import Connection

SENDING = "A reply to them is on its way. Wait until it has left, or take it back; then they can be erased."
COMING = "A message of theirs is being taken in at this moment. Try again in a minute."


async def preview(on: Connection, customer_ids: Sequence[UUID]) -> ErasurePreview:
    """What erasing them would take away. Raises `NotFound`, also when they are erased already."""
    name = await sql.value(on, "name_of", id=customer_ids[0])
    if name is None:
        raise NotFound("There is no such customer.")
    person = await gather(on, customer_ids)
    counts = await _counts(on, person)
    blocked = await why_not(on, person)
    signed = msgspec.json.encode((name, counts, sorted(map(str, person.line_ids)), person.known))
    return ErasurePreview(name, counts, hashlib.sha256(signed).hexdigest()[:32], blocked)


async def why_not(on: Connection, person: Person) -> str:
    """Why it cannot be done at this moment; empty: it can."""
    if any(line.delivery == "queued" for line in person.lines):
        return SENDING
    ids = [signal_id for signal_id, _ in person.signals]
    return COMING if await sql.value(on, "is_worked_on", ids=ids) else ""


async def _counts(on: Connection, person: Person) -> dict[str, int]:
    rows = await sql.tuples(on, "counts", customer_ids=person.customer_ids, ids=person.line_ids)
    counted = {kind: int(count) for kind, count in rows}
    return {
        "records": len(person.customer_ids),
        "addresses": len(person.known),
        "messages": len(person.lines),
        "copies": len(person.copies),
        "waiting": len(person.waiting),
        **counted,
    }
