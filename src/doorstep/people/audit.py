"""The audit: what people did here and tried to, the newest first, by customer, by actor and by kind."""

from uuid import UUID

import msgspec

from doorstep.people.model import AuditEvent, AuditPage, AuditRow
from doorstep.store import Connection, beside

sql = beside(__file__)

NEWEST = (1 << 63) - 1


class Asked(msgspec.Struct, frozen=True):
    """Of whom, by whom and what kind; none: all."""

    customer: UUID | None = None
    actor: UUID | None = None
    kind: str | None = None

    def statement(self) -> str:
        """The one whose index serves it best."""
        by = ("customer", "actor", "kind")
        return next((f"audit_of_{name}" for name in by if getattr(self, name) is not None), "audit")


async def audit(on: Connection, asked: Asked, before: int | None, limit: int) -> AuditPage:
    """The `limit` newest events of those asked for that came before the number `before`."""
    values = msgspec.structs.asdict(asked)
    rows = await sql.rows(on, asked.statement(), AuditRow, before=before or NEWEST, most=limit, **values)
    return AuditPage([_event(row) for row in rows], rows[-1].seq if len(rows) == limit else None)


def _event(row: AuditRow) -> AuditEvent:
    fields = msgspec.structs.asdict(row) | {"data": msgspec.json.decode(row.data)}
    return AuditEvent(**fields)
