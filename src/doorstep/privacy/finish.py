"""Finish an erasure after its commit: files leave the disk, and the tombstone is written beside them."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from doorstep.kernel import new_id
from doorstep.privacy.erase import JOB, erase
from doorstep.privacy.gather import sql
from doorstep.privacy.model import Tombstone
from doorstep.privacy.tombstones import write_down
from doorstep.store import Database, DiskFiles, jobs
from doorstep.store.jobs import Job

SETTLED = 60.0
"""Seconds a file must have lain untouched: somebody may keep the same bytes now, and their row comes."""


class Finishing:
    """The handler of these jobs."""

    def __init__(self, db: Database, files: DiskFiles, settled: float = SETTLED) -> None:
        self._db, self._files, self._settled = db, files, settled

    async def __call__(self, job: Job) -> None:
        """Write down, erase what came in between, remove the files; what is too young, in a minute."""
        stone_id, sha256s = msgspec.json.decode(job.payload, type=tuple[UUID | None, list[str]])
        if stone_id is not None:
            await write_down(self._db, self._files.folder)
            await self._erase_the_rest(stone_id)
        if young := await self._remove(sha256s):
            due = datetime.now(UTC) + timedelta(seconds=self._settled)
            async with self._db.transaction() as tx:
                await jobs.add(tx, JOB, (stone_id, young), due_at=due, key=f"{stone_id} {new_id()}")

    async def _erase_the_rest(self, stone_id: UUID) -> None:
        """What the spine filed while they were erased."""
        async with self._db.transaction() as tx:
            stone = await sql.row(tx, "erasure", Tombstone, id=stone_id)
            ids = stone.customer_ids if stone else []
            if stone and await sql.tuples(tx, "still_there", customer_ids=ids):
                await erase(tx, ids, stone.at, None, known=stone)

    async def _remove(self, sha256s: Sequence[str]) -> list[str]:
        async with self._db.connection() as on:
            used = {row[0] for row in await sql.tuples(on, "still_used", sha256s=list(sha256s))}
        unused = [sha256 for sha256 in sha256s if sha256 not in used]
        before = time.time() - self._settled
        gone = [await asyncio.to_thread(self._files.remove, one, before) for one in unused]
        return [one for one, is_gone in zip(unused, gone, strict=True) if not is_gone]
