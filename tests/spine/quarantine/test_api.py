"""Quarantine over HTTP: somebody looks, lets out, confirms, takes back; supervisors set rules."""

import pytest

from doorstep.people import Role
from tests.desk_room.conftest import Desk, desk
from tests.parts import until
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]
WHY = "Its own server calls it spam."


async def held(desk: Desk) -> list[dict[str, object]]:
    answer = (await desk.maren.get("/api/quarantine")).json()
    assert answer["count"] == len(answer["rows"])
    return list(answer["rows"])


async def test_it_is_let_out_and_shown(desk: Desk) -> None:
    await desk.spine.accept(desk.spine.signal("win@big.example", suspicion=WHY))
    await until(lambda: desk.spine.value("select 1 from quarantine"))
    (row,) = await held(desk)
    assert row["reason"] == WHY
    assert (await desk.maren.post(f"/api/quarantine/{row['id']}/release")).status_code == 204
    await until(lambda: desk.spine.value("select 1 from interaction"))
    assert await held(desk) == []
    assert (await desk.maren.post(f"/api/quarantine/{row['id']}/release")).status_code == 404
    senders = (await desk.maren.get(f"/api/inboxes/{desk.spine.inbox_id}/senders")).json()
    assert senders == [{"pattern": "win@big.example", "is_trusted": True}]


async def test_a_line_of_a_story_is_marked_and_put_back(desk: Desk) -> None:
    signal_id = await desk.come_in(desk.spine.signal())
    marked = await desk.maren.post(f"/api/interactions/{signal_id}/unwanted")
    assert marked.status_code == 200
    customer_id = await desk.spine.value("select id from customer")
    story = (await desk.maren.get(f"/api/customers/{customer_id}/story")).json()
    assert story["entries"] == []
    await desk.maren.post(f"/api/quarantine/{marked.json()['id']}/undo")
    story = (await desk.maren.get(f"/api/customers/{customer_id}/story")).json()
    assert [entry["id"] for entry in story["entries"]] == [str(signal_id)]


@pytest.mark.parametrize("pattern", ["", "@", "two words", "x" * 400])
async def test_rules_are_a_supervisors(desk: Desk, pattern: str) -> None:
    path = f"/api/inboxes/{desk.spine.inbox_id}/senders"
    rule = {"pattern": "@Big.example", "is_trusted": False}
    assert (await desk.maren.put(path, json=rule)).status_code == 403
    async with desk.also("sam@shop.example", Role.SUPERVISOR) as sam:
        assert (await sam.put(path, json=rule)).status_code == 204
        assert (await sam.get(path)).json() == [{"pattern": "@big.example", "is_trusted": False}]
        refused = await sam.put(path, json={"pattern": pattern, "is_trusted": True})
        assert (refused.status_code, refused.json()["detail"]) == (
            *(400, "Give an address, or a domain as @shop.example."),
        )
        assert (await sam.delete(path, params={"pattern": "@big.example"})).status_code == 204
        assert (await sam.delete(path, params={"pattern": "@big.example"})).status_code == 404
