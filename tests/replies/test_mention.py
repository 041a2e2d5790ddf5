"""Whoever is named in a note is told, finds it in a list of their own, and has seen it when they say so."""

from typing import Any
from uuid import UUID

import httpx

from doorstep.kernel import new_id
from doorstep.people import Role
from tests.desk_room.conftest import Desk, desk
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]


async def conversation(desk: Desk) -> str:
    signal_id = await desk.come_in(desk.spine.signal())
    found = await desk.spine.value("select conversation_id from interaction where id = $1", signal_id)
    return f"/api/conversations/{found}"


async def colleagues(client: httpx.AsyncClient) -> dict[str, str]:
    rows = (await client.get("/api/colleagues")).raise_for_status().json()
    return {row["name"]: row["id"] for row in rows}


async def mentions(client: httpx.AsyncClient, **asked: object) -> dict[str, Any]:
    page: dict[str, Any] = (await client.get("/api/mentions", params=asked)).raise_for_status().json()
    return page


async def test_who_is_named_is_told_and_sees_it(desk: Desk) -> None:
    path = await conversation(desk)
    async with desk.also("leo@shop.example") as leo, desk.also("vera@shop.example", Role.AUDITOR) as vera:
        ids = await colleagues(vera)
        assert sorted(ids) == ["Leo", "Maren", "Vera"]
        note = {"text": "@Leo @Vera please look", "mentions": [ids["Leo"], ids["Leo"], ids["Vera"]]}
        assert (await desk.maren.post(f"{path}/notes", json=note)).status_code == 201
        (row,) = (page := await mentions(leo, unseen=True))["rows"]
        assert (row["by_name"], row["beginning"], page["unseen"]) == ("Maren", note["text"], 1)
        assert row["conversation_id"] in path
        events = "select count(*) from event where kind = 'note.mentioned' and subject_id = $1"
        told = "select count(*) from outbox where kind = 'note.mentioned' and subject_id = $1"
        leo_id = UUID(ids["Leo"])
        assert await desk.spine.value(events, leo_id) + await desk.spine.value(told, leo_id) == 1
        assert (await vera.post(f"/api/mentions/{row['id']}/seen")).status_code == 404
        for _ in range(2):
            assert (await leo.post(f"/api/mentions/{row['id']}/seen")).status_code == 204
        assert await mentions(leo, unseen=True) == {"rows": [], "next": None, "unseen": 0}
        assert (await mentions(leo))["rows"][0]["seen_at"] is not None
        (hers,) = (await mentions(vera))["rows"]
        assert (await vera.post(f"/api/mentions/{hers['id']}/seen")).status_code == 204
    assert (await mentions(desk.maren))["rows"] == []


async def test_the_list_goes_on_from_where_it_ended(desk: Desk) -> None:
    path = await conversation(desk)
    me = (await colleagues(desk.maren))["Maren"]
    for n in range(5):
        answer = await desk.maren.post(f"{path}/notes", json={"text": f"note {n}", "mentions": [me]})
        assert answer.status_code == 201
    found, after = list[str](), None
    while True:
        page = await mentions(desk.maren, limit=2, **({"after": after} if after else {}))
        found += [row["beginning"] for row in page["rows"]]
        if (after := page["next"]) is None:
            break
    assert found == [f"note {n}" for n in (4, 3, 2, 1, 0)]


async def test_a_name_that_nobody_here_has_is_refused_and_the_note_is_not_kept(desk: Desk) -> None:
    path = await conversation(desk)
    unknown = {"text": "hello", "mentions": [str(new_id())]}
    refused = await desk.maren.post(f"{path}/notes", json=unknown)
    assert (refused.status_code, "does not work here" in refused.json()["detail"]) == (400, True)
    many = {"text": "hello", "mentions": [str(new_id()) for _ in range(21)]}
    assert (await desk.maren.post(f"{path}/notes", json=many)).status_code == 400
    assert await desk.spine.value("select count(*) from interaction where direction = 'note'") == 0
