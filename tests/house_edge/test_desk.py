"""The built desk, as a browser fetches it."""

from pathlib import Path

import pytest

from doorstep.store import Database
from tests.house_edge.house import House, house

HTML = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> House:
    (tmp_path / "secret.txt").write_text("secret")
    built = tmp_path / "web"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>Doorstep</title>")
    (built / "assets" / "desk-1a2b3c.js").write_text("1")
    (built / "icon.svg").write_text("<svg/>")
    (built / ".gitkeep").write_text("kept")
    return house(database, desk=built)


@pytest.mark.parametrize("path", ["/", "/customers/12", "/queue?view=mine", "/apiary", "/assets"])
async def test_every_address_of_the_desk_is_its_one_page(desk: House, path: str) -> None:
    answer = await desk.browser().get(path, headers=HTML)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_hashed_files_are_kept_for_ever_and_others_asked_for_again(desk: House) -> None:
    script = await desk.browser().get("/assets/desk-1a2b3c.js")
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert script.headers["Content-Type"].startswith("text/javascript")
    icon = await desk.browser().get("/icon.svg")
    assert icon.headers["Cache-Control"] == "no-cache"
    again = await desk.browser().get("/icon.svg", headers={"If-None-Match": icon.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_new_build_is_served_at_once(desk: House, tmp_path: Path) -> None:
    before = await desk.browser().get("/")
    (tmp_path / "web" / "index.html").write_text("<!doctype html><title>Newer</title>")
    assert "Newer" in (await desk.browser().get("/")).text
    assert before.headers["ETag"] != (await desk.browser().get("/")).headers["ETag"]


@pytest.mark.parametrize("path", ["/assets/old-000000.js", "/missing.png"])
async def test_a_file_that_is_not_there_is_not_the_page(desk: House, path: str) -> None:
    assert (await desk.browser().get(path, headers={"Accept": "*/*"})).status_code == 404


@pytest.mark.parametrize("path", ["/api", "/api/nowhere", "/health", "/metrics/more"])
async def test_what_is_not_the_desks_is_no_page_either(desk: House, path: str) -> None:
    answer = await desk.browser().get(path, headers=HTML)
    assert (answer.status_code, answer.json()["title"]) == (404, "Not found")


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/.gitkeep"],
)
async def test_nothing_outside_its_folder_is_served(desk: House, path: str) -> None:
    answer = await desk.browser().get(path)
    assert "secret" not in answer.text
    assert "kept" not in answer.text


async def test_a_desk_that_is_not_built_says_so(database: Database) -> None:
    answer = await house(database).browser().get("/", headers=HTML)
    assert answer.status_code == 503
    assert "make desk" in answer.text
