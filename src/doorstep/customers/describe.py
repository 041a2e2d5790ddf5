"""Describe: what a source says of somebody, kept as it said it last, so that suggestions can weigh it."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.customers.blocks import blocks
from doorstep.customers.weigh import Described
from doorstep.kernel import new_id
from doorstep.store import Connection, beside

sql = beside(__file__)


class Telling(msgspec.Struct, frozen=True):
    """What one source says of one customer, under the source's own key."""

    customer_id: UUID
    external_id: str
    said: Described


async def describe(tx: Connection, source: str, tellings: Sequence[Telling]) -> None:
    """Keep what was told; what the same source said before of the same key is forgotten."""
    if not tellings:
        return
    last = {telling.external_id: telling for telling in tellings}
    ordered = [last[key] for key in sorted(last)]
    words = [(word, n) for n, telling in enumerate(ordered) for word in sorted(blocks(telling.said))]
    await sql.run(
        tx,
        "describe",
        source=source,
        ids=[new_id() for _ in ordered],
        customer_ids=[telling.customer_id for telling in ordered],
        external_ids=[telling.external_id for telling in ordered],
        said=[msgspec.json.encode(telling.said).decode() for telling in ordered],
    )
    await sql.run(
        tx,
        "put_blocks",
        source=source,
        external_ids=[ordered[n].external_id for _, n in words],
        words=[word for word, _ in words],
    )
