"""Enter: a batch leaves what waits, and the rooms learn what they ask before anything is written.

At rest a batch is one signal, and its time is round trips: what does not depend on one another is one
statement here, made of the rooms' own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from doorstep.conversations import STANDING, Standing, forms_of, standing
from doorstep.routing import ROUTES, Route, routes
from doorstep.spine.model import Prepared
from doorstep.spine.quarantine import GROUNDS, Ground, asks
from doorstep.store import Connection, Queries

sql = Queries(Path(__file__).with_name("enter.sql"), standing=STANDING, grounds=GROUNDS, routes=ROUTES)


class Fenced(Exception):
    """The claim ran out and somebody else has it: what was done must not be committed."""


class Entered(msgspec.Struct, frozen=True):
    """What is known of a batch: what stands already, what its inboxes say of its senders, where it goes."""

    standing: Standing
    grounds: dict[int, Ground]
    routes: Mapping[UUID, Route]


async def enter(tx: Connection, batch: Sequence[Prepared], owner: UUID) -> Entered:
    """Take a batch out of what waits. Raises `Fenced` when a claim was lost."""
    signals = [p.signal for p in batch]
    onces, forms = [p.once for p in batch], [forms_of(s) for s in signals]
    [(left, known, grounds, ways)] = await sql.tuples(
        tx,
        "enter",
        ids=[p.claimed.id for p in batch],
        owner=owner,
        onces=[key for key in onces if key],
        forms=list({form for each in forms for form in each}),
        inbox_ids=list({s.inbox_id for s in signals}),
        **asks(batch),
    )
    if left < len(batch):
        raise Fenced
    return Entered(standing(known, onces, forms), {row[0]: Ground(*row) for row in grounds}, routes(ways))
