"""Parcels with their tracking events."""

from collections.abc import Sequence

from doorstep.commerce.merged import merged, whole
from doorstep.commerce.model import Outcome
from doorstep.commerce.rows import ShipmentRow
from doorstep.commerce.write import write
from doorstep.store import Connection


async def put_shipments(tx: Connection, source: str, rows: Sequence[ShipmentRow]) -> list[Outcome]:
    """Put `rows`, no two with one key: the parcels, then what happened to them."""
    parcels = await write(tx, "put_shipments", source, rows)
    places = whole(len(rows), parcels)
    kept = [rows[n - 1] for n in places]
    events = await write(tx, "put_tracking", source, kept, ids=sum(len(row.events) for row in kept))
    return merged(parcels, events, places)
