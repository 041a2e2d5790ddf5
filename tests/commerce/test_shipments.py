"""What happened to a parcel is added to, and never taken away."""

from doorstep.commerce import Report
from doorstep.store import Database
from tests.commerce.shop import ROWS, put, put_all, value


async def test_events_are_added(database: Database) -> None:
    await put_all(database)
    found = {"happened_at": "2026-11-20T14:05:00Z", "step": "sorted", "place": "Koropi", "detail": "found"}
    row = ROWS["shipments"][0] | {"events": [found, found]}
    assert await put(database, "shipments", row) == Report(accepted=1)
    assert await put(database, "shipments", row) == Report(unchanged=1)
    assert await value(database, "select count(*) from tracking_event") == 3


async def test_an_event_can_be_told_more_of(database: Database) -> None:
    await put_all(database)
    held = ROWS["shipments"][0]["events"][1] | {"detail": "nobody home"}
    assert await put(database, "shipments", ROWS["shipments"][0] | {"events": [held]}) == Report(accepted=1)
    assert await value(database, "select detail from tracking_event where step = 'held'") == "nobody home"
