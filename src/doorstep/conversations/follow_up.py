"""Follow up: what waits until a time comes back then, as a job."""

from uuid import UUID

import msgspec

from doorstep.conversations.change import record, sql
from doorstep.conversations.model import Changed
from doorstep.kernel import Bus, Clock, SystemClock
from doorstep.kernel.bus import OUTBOX
from doorstep.store import Connection, Database
from doorstep.store.jobs import Job


class FollowingUp:
    """The handler of the jobs that `change` puts in. One whose time was moved or taken away does nothing."""

    def __init__(self, db: Database, bus: Bus, clock: Clock | None = None) -> None:
        self._db, self._bus = db, bus
        self._clock = clock or SystemClock()

    async def __call__(self, job: Job) -> None:
        """Bring it back, and say so."""
        conversation_id = msgspec.json.decode(job.payload, type=UUID)
        async with self._db.transaction() as tx:
            await follow_up(tx, conversation_id, self._clock)
        self._bus.wake(OUTBOX)


async def follow_up(tx: Connection, conversation_id: UUID, clock: Clock) -> None:
    """Open it again, and what it is joined in, where its time has come."""
    now = clock.now()
    for changed in await sql.rows(tx, "due_back", Changed, id=conversation_id, now=now):
        await record(tx, changed, "followed_up", None, now)
