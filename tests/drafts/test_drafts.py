"""A draft is kept for each agent and conversation, with its files; what is sent, or dropped, is gone."""

import asyncio
from pathlib import Path

import httpx
import pytest

from doorstep.drafts.attach import LARGEST, safe_name, type_of
from doorstep.kernel import Invalid, new_id
from tests.desk_room.conftest import Desk, desk
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]


async def conversation(desk: Desk) -> str:
    signal_id = await desk.come_in(desk.spine.signal())
    found = await desk.spine.value("select conversation_id from interaction where id = $1", signal_id)
    return f"/api/conversations/{found}"


async def upload(
    client: httpx.AsyncClient, path: str, name: str, content: bytes, **more: str
) -> httpx.Response:
    return await client.post(
        f"{path}/draft/attachments", params={"name": name, **more}, content=content, timeout=30
    )


async def test_it_is_kept_for_whoever_writes_it(desk: Desk) -> None:
    path = await conversation(desk)
    assert (await desk.maren.get(f"{path}/draft")).json() is None
    kept = await desk.maren.put(
        f"{path}/draft", json={"html": "<p>On <b>its</b> way<script>x</script></p>", "version": 0}
    )
    assert kept.status_code == 200, kept.text
    assert (kept.json()["html"], kept.json()["text"]) == ("<p>On <b>its</b> way</p>", "On its way")
    assert (await desk.maren.get(f"{path}/draft")).json() == kept.json()
    assert [one["beginning"] for one in (await desk.maren.get("/api/drafts")).json()] == ["On its way"]
    async with desk.also("leo@shop.example") as leo:
        assert (await leo.get(f"{path}/draft")).json() is None
        assert (await leo.get("/api/drafts")).json() == []
    assert (await desk.maren.delete(f"{path}/draft")).status_code == 204
    assert (await desk.maren.get("/api/drafts")).json() == []


async def test_of_two_tabs_the_older_is_told_what_the_newer_says(desk: Desk) -> None:
    path = await conversation(desk)
    words = [{"text": "one", "version": 0}, {"text": "two", "version": 0}]
    answers = await asyncio.gather(*(desk.maren.put(f"{path}/draft", json=said) for said in words))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    kept = next(answer.json() for answer in answers if answer.status_code == 200)
    told = next(answer.json() for answer in answers if answer.status_code == 409)
    assert (told["draft"]["text"], told["draft"]["version"]) == (kept["text"], 1)
    again = await desk.maren.put(f"{path}/draft", json={"text": "both", "version": 1})
    assert again.json()["version"] == 2


async def test_a_file_belongs_to_its_draft_and_then_to_its_reply(desk: Desk) -> None:
    path = await conversation(desk)
    file = (await upload(desk.maren, path, "../Größe.pdf", b"%PDF-1.4 x")).json()
    assert (file["name"], file["media_type"], file["size"]) == ("Größe.pdf", "application/pdf", 10)
    own = f"{path}/draft/attachments/{file['id']}"
    assert (await desk.maren.get(own)).content == b"%PDF-1.4 x"
    async with desk.also("leo@shop.example") as leo:
        assert (await leo.get(own)).status_code == 404
        assert (await leo.delete(own)).status_code == 404
        stolen = await leo.post(f"{path}/replies", json={"text": "Hi", "attachments": [file["id"]]})
        assert stolen.status_code == 404
    sent = await desk.maren.post(f"{path}/replies", json={"text": "Hi", "attachments": [file["id"]]})
    assert sent.status_code == 201, sent.text
    assert (await desk.maren.get(f"{path}/draft")).json() is None
    shown = await desk.maren.get(f"/api/interactions/{sent.json()['id']}/attachments/{file['id']}")
    assert shown.content == b"%PDF-1.4 x"
    back = (await desk.maren.delete(f"/api/replies/{sent.json()['id']}")).json()
    assert back["attachments"] == [file["id"]]
    draft = (await desk.maren.get(f"{path}/draft")).json()
    assert (draft["text"], [one["id"] for one in draft["attachments"]]) == ("Hi", [file["id"]])
    assert (await desk.maren.delete(own)).status_code == 204
    assert await desk.spine.value("select count(*) from file_use where owner_id = $1", file["id"]) == 0


async def test_a_note_that_is_written_is_a_draft_no_more_and_leaves_the_files(desk: Desk) -> None:
    path = await conversation(desk)
    note = {"mode": "note", "text": "Ask the warehouse."}
    await desk.maren.put(f"{path}/draft", json=note)
    await desk.maren.post(f"{path}/notes", json={"text": note["text"]})
    assert (await desk.maren.get(f"{path}/draft")).json() is None
    await upload(desk.maren, path, "label.pdf", b"%PDF-1.4")
    await desk.maren.put(f"{path}/draft", json=note)
    await desk.maren.post(f"{path}/notes", json={"text": note["text"]})
    left = (await desk.maren.get(f"{path}/draft")).json()
    assert (left["mode"], left["text"], len(left["attachments"])) == ("reply", "", 1)
    await desk.maren.put(f"{path}/draft", json={"html": "<p>Hello</p>", "version": left["version"]})
    await desk.maren.post(f"{path}/notes", json={"text": "By the way."})
    assert (await desk.maren.get(f"{path}/draft")).json()["text"] == "Hello"


async def test_what_is_too_large_or_runs_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    path = await conversation(desk)
    refused = await upload(desk.maren, path, "a.zip", bytes(LARGEST + 1))
    assert refused.status_code == 413
    for name, content in (("a.pdf", b"MZ\x90"), ("a.EXE", b"x"), ("", b"x"), ("empty.txt", b"")):
        assert (await upload(desk.maren, path, name, content)).status_code == 400, name
    assert (await upload(desk.maren, path, "a.svg", b"<svg/>", inline="true")).status_code == 400
    assert (await upload(desk.maren, f"/api/conversations/{new_id()}", "a.txt", b"x")).status_code == 404
    assert (await upload(desk.maren, path, "a.zip", bytes(LARGEST))).status_code == 201
    both = await upload(desk.maren, path, "b.zip", bytes(6_000_000))
    assert both.status_code == 413
    assert "25 MB" in both.json()["detail"]
    assert await desk.spine.value("select count(*) from draft_attachment") == 1


@pytest.mark.parametrize(
    ("given", "name"),
    [("C:\\a\\b.txt", "b.txt"), ("a\r\nb\u202etxt.pdf", "abtxt.pdf"), (' "x"?.txt. ', "_x__.txt")],
)
def test_names_are_safe(given: str, name: str) -> None:
    assert safe_name(given) == name


@pytest.mark.parametrize("name", ["x.exe", "x.pdf.js", "run.bat", "..", "/", ""])
def test_a_program_or_nothing_is_no_name(name: str) -> None:
    with pytest.raises(Invalid):
        safe_name(name)


def test_the_type_is_that_of_the_ending() -> None:
    assert type_of("a.png", "text/html") == "image/png"
    assert type_of("a.unheard", "image/x-odd; q=1") == "image/x-odd"
    assert type_of("a.unheard", "multipart/mixed") == "application/octet-stream"
