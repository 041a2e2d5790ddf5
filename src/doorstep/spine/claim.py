"""Claims: who works on what. A claim is a committed row; a worker that dies leaves one that runs out.

Claims are made one after another, behind a gate, so that no two workers hold one lane. A batch is filled
by class: live first, but normal and bulk work keep their share of it. What lies in a lane that somebody
holds waits; what failed and waits for its next try lets its lane go on without it.
"""

from datetime import UTC, datetime
from uuid import UUID

from doorstep.kernel import Priority
from doorstep.spine.handoff import CLAIM
from doorstep.spine.model import Claimed
from doorstep.store import Database, beside

sql = beside(__file__)

GATE = 0x0D00_6A7E
SHARES = {Priority.LIVE: 0.6, Priority.NORMAL: 0.3, Priority.BULK: 0.1}
LOOKED_AT = 20
"""So many times a batch is looked at for lanes that are free; a flood in one lane costs no more than that."""
BYTES = 16 * 1024 * 1024
"""Of signals in a batch; the first may be larger."""
DEATHS = 3
"""A signal whose worker died so often is given up; the last time it ran alone."""


async def claim(db: Database, owner: UUID, most: int) -> list[Claimed]:
    """Take up to `most` things to do, oldest first within each class."""
    now = datetime.now(UTC)
    async with db.probes.acquire() as on, on.transaction():
        await sql.tuples(on, "claim_gate", gate=GATE)
        return await sql.rows(
            on,
            "claim",
            Claimed,
            owner=owner,
            until=now + CLAIM,
            now=now,
            most=most,
            looked_at=most * LOOKED_AT,
            bytes=BYTES,
            priorities=list(SHARES),
            shares=[max(1, round(most * share)) for share in SHARES.values()],
        )


async def reap(db: Database) -> int:
    """Take back what dead workers held, and give up what killed them; returns how much is free again."""
    async with db.transaction() as tx:
        await sql.run(tx, "bury_killers", most=DEATHS - 1)
        return int(await sql.value(tx, "reap", most=DEATHS - 1))
