"""Look for matches: those who came lately are compared, beside the work and never in it."""

from datetime import UTC, datetime, timedelta

from doorstep.customers.suggest import suggest
from doorstep.kernel import id_at
from doorstep.store import Database, beside

sql = beside(__file__)

MOST = 200
SETTLED = timedelta(seconds=2)
"""After which whoever came is committed, for ids are drawn before."""


async def look_for_matches(db: Database) -> int:
    """Compare some of those who came since the last look; returns how many."""
    async with db.transaction() as tx:
        rows = await sql.tuples(tx, "came_since", until=id_at(datetime.now(UTC) - SETTLED), most=MOST)
        await suggest(tx, [row[0] for row in rows])
    return len(rows)
