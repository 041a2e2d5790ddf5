"""Gather: everything of a person, wherever it lies."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.kernel import Address
from doorstep.privacy.model import Known, Line, Person, Waiting
from doorstep.store import Connection, beside

sql = beside(__file__)


class _Heading(msgspec.Struct, frozen=True):
    sender: Address | None = None


async def gather(on: Connection, customer_ids: Sequence[UUID]) -> Person:
    """All that is theirs: their records' stories, what they wrote in others', and what stands in none."""
    ids = list(customer_ids)
    known = await sql.rows(on, "known_by", Known, customer_ids=ids)
    lines = await sql.rows(on, "lines", Line, customer_ids=ids)
    copies = await sql.tuples(on, "copies", ids=[line.id for line in lines])
    values = [one.value for one in known]
    waiting = await sql.rows(on, "waiting", Waiting, vals=values) if values else []
    addresses = {(one.kind, one.value) for one in known}
    theirs = [one for one in waiting if _sender(one.signal) in addresses]
    return Person(ids, known, lines, [(row[0], row[1]) for row in copies], theirs)


def _sender(signal: bytes) -> tuple[str, str] | None:
    """Who sent it, if that can be read at all."""
    try:
        sender = msgspec.json.decode(signal, type=_Heading).sender
    except msgspec.DecodeError:
        return None
    return (sender.kind, sender.value) if sender else None
