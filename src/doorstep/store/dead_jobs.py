"""Dead jobs: what failed at every try is kept, seen, and can be given its tries back."""

from datetime import datetime
from uuid import UUID

import msgspec

from doorstep.kernel import NotFound
from doorstep.store.database import Connection
from doorstep.store.queries import beside

sql = beside(__file__)

LAST = UUID(int=(1 << 128) - 1)


class DeadJob(msgspec.Struct, frozen=True):
    """A job that failed at every try, and waits for somebody to look. What it was about is not told."""

    id: UUID
    kind: str
    tries: int
    created_at: datetime
    died_at: datetime
    error: str


async def dead(on: Connection, before: UUID | None = None, most: int = 100) -> list[DeadJob]:
    """The jobs that failed for good, the last one made first."""
    return await sql.rows(on, "dead_jobs", DeadJob, before=before or LAST, most=most)


async def count_dead(on: Connection) -> int:
    """How many lie here."""
    return int(await sql.value(on, "count_dead_jobs"))


async def revive(tx: Connection, job_id: UUID) -> None:
    """Give a dead job its tries back. Raises `NotFound`."""
    if not await sql.run(tx, "revive_job", id=job_id):
        raise NotFound("This job is not dead, or is no longer here.")
