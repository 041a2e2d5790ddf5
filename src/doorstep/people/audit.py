"""The audit: every event, in the order it was numbered."""

from uuid import UUID

import msgspec

from doorstep.people.model import AuditEvent, AuditPage, AuditRow
from doorstep.store import Connection, beside

sql = beside(__file__)


async def audit(on: Connection, after: int, actor: UUID | None, limit: int) -> AuditPage:
    """The next `limit` events after the number `after`, of everybody or of one actor."""
    if actor is None:
        rows = await sql.rows(on, "audit", AuditRow, after=after, most=limit)
    else:
        rows = await sql.rows(on, "audit_of", AuditRow, actor=actor, after=after, most=limit)
    return AuditPage([_event(row) for row in rows], rows[-1].seq if len(rows) == limit else None)


def _event(row: AuditRow) -> AuditEvent:
    fields = msgspec.structs.asdict(row) | {"data": msgspec.json.decode(row.data)}
    return AuditEvent(**fields)
