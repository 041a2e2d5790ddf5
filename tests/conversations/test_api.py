"""Conversations over HTTP: what a program is answered."""

from doorstep.kernel import new_id
from tests.desk_room.conftest import Desk, desk
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]


async def test_a_state_is_changed_by_whoever_saw_it_last(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal())
    (row,) = (await desk.maren.get("/api/queue?view=team")).json()["rows"]
    path = f"/api/conversations/{row['id']}"
    taken = await desk.maren.post(f"{path}/take", json={"version": row["version"]})
    assert taken.status_code == 200
    assert (taken.json()["agent_name"], taken.json()["version"]) == ("Maren", row["version"] + 1)
    late = await desk.maren.post(f"{path}/resolve", json={"version": row["version"]})
    assert late.status_code == 409
    assert "token" not in taken.json()
    assert (await desk.maren.post(f"{path}/read")).status_code == 204
    assert (await desk.maren.post(f"{path}/read")).status_code == 204
    assert (await desk.maren.get(path)).json()["unread"] is False


async def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    unknown = f"/api/conversations/{new_id()}"
    assert (await desk.maren.get(unknown)).status_code == 404
    assert (await desk.maren.post(f"{unknown}/read")).status_code == 404
    assert (await desk.maren.post(f"{unknown}/resolve", json={"version": 0})).status_code == 404
    assert (await desk.maren.post(f"{unknown}/dance", json={"version": 0})).status_code == 400
    assert (await desk.maren.post(f"{unknown}/resolve", json={})).status_code == 400
    assert (await desk.maren.post(f"{unknown}/notes", json={"text": "Hm"})).status_code == 404
    assert (await desk.maren.post(f"{unknown}/replies", json={"text": "Hm"})).status_code == 404
