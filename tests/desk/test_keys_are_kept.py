"""What an agent types is never lost: before the editor is here, while a draft is kept, as it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, Route, expect

from tests.desk.conftest import Open
from tests.desk.screens import Desk, window
from tests.desk.test_composer import begin, drafts, sent_html
from tests.desk.test_screens import WIDE, first_conversation

EDITOR = "**/assets/Rich-*.js"
DRAFT = "**/api/conversations/*/draft"
ATTACH = "**/draft/attachments?*"


class Gate:
    """Holds back what a page asks for, until it is opened."""

    def __init__(self, method: str = "GET") -> None:
        self.method = method
        self.came = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self, route: Route) -> None:
        if route.request.method == self.method:
            self.came.set()
            await self.opened.wait()
        await route.continue_()


@asynccontextmanager
async def at_first(desk: Open) -> AsyncIterator[tuple[Desk, str]]:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        yield at, await first_conversation(at.page)


async def write(page: Page, words: str) -> None:
    """As fast as a machine, without looking whether anything is ready."""
    await page.keyboard.press("r")
    await page.keyboard.type(words)


async def test_keys_before_the_editor_is_here_stand_in_it(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        gate = Gate()
        await at.page.route(EDITOR, gate)
        await at.page.goto(at.address + path)
        await at.page.wait_for_selector(".whohead")
        await write(at.page, "We were ")
        await expect(at.page.locator("textarea.write")).to_have_value("We were ")
        await at.shot("composer-early-light")
        gate.opened.set()
        rich = at.page.locator(".write.rich")
        await expect(rich).to_be_focused()
        await at.page.keyboard.type("wrong.")
        await expect(rich).to_have_text("We were wrong.")
        assert at.complaints == []


async def test_they_stand_behind_what_was_begun_elsewhere(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await begin(at.page, "Begun elsewhere.")
        gate = Gate()
        await at.page.evaluate("localStorage.clear()")
        await at.page.route(DRAFT, gate)
        await at.page.goto(at.address + path)
        await at.page.wait_for_selector(".whohead")
        await write(at.page, "Ended here.")
        gate.opened.set()
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await expect(at.page.locator(".write.rich p")).to_have_text(["Begun elsewhere.", "Ended here."])
        assert await drafts(desk) == [("reply", "<p>Begun elsewhere.</p><p>Ended here.</p>")]


async def test_what_is_sent_before_the_conversation_is_read_goes_then(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        gate = Gate()
        await at.page.route(f"**/api{path}", gate)
        await at.page.goto(at.address + path)
        await at.page.wait_for_selector(".whohead, .comp")
        await write(at.page, "Sent early.")
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.get_by_text("Sent as soon as all of it is here")).to_be_visible()
        gate.opened.set()
        await at.page.get_by_role("button", name="Undo").wait_for()
        assert await sent_html(desk) == "<p>Sent early.</p>"


async def test_what_is_sent_while_a_file_is_on_its_way_goes_with_it(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        gates = {name: Gate("POST") for name in ("slow.txt", "quick.txt")}
        for name, gate in gates.items():
            await at.page.route(f"**/draft/attachments?name={name}*", gate)
        await begin(at.page, "Both of them.")
        async with at.page.expect_file_chooser() as chooser:
            await at.page.get_by_role("button", name="Attach files").click()
        await (await chooser.value).set_files(
            [{"name": name, "mimeType": "text/plain", "buffer": b"1"} for name in gates]
        )
        gates["quick.txt"].opened.set()
        await expect(at.page.locator(".comp .files li")).to_have_text(["quick.txt1 bytes", "Attaching …"])
        await at.page.locator(".write.rich").click()
        await at.page.keyboard.press("Control+Enter")
        await at.page.wait_for_timeout(100)
        await expect(at.page.locator(".ev.us", has_text="Both of them.")).to_have_count(0)
        gates["slow.txt"].opened.set()
        said = at.page.locator(".ev.us", has_text="Both of them.")
        await expect(said.get_by_text("slow.txt")).to_be_visible()
        await expect(said.get_by_text("quick.txt")).to_be_visible()


async def test_a_draft_slow_to_be_kept_takes_nothing_back(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        gate = Gate("PUT")
        await at.page.route(DRAFT, gate)
        await begin(at.page, "First words")
        await gate.came.wait()
        await at.page.keyboard.type(" and more of them")
        await at.page.wait_for_timeout(1500)
        async with at.page.expect_response(
            lambda r: "more" in (r.request.post_data or "") and r.request.method == "PUT"
        ) as second:
            gate.opened.set()
        assert (await second.value).ok
        await expect(at.page.locator(".write.rich")).to_have_text("First words and more of them")
        await expect(at.page.get_by_text("Changed in another window")).to_have_count(0)


async def test_a_draft_whose_answer_was_lost_takes_nothing_back(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        lost: list[str] = []

        async def lose(route: Route) -> None:
            if lost or route.request.method != "PUT":
                await route.continue_()
            else:
                lost.append((await route.fetch()).url)
                await route.abort()

        await at.page.route(DRAFT, lose)
        async with at.page.expect_event("requestfailed"):
            await begin(at.page, "First words")
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await at.page.keyboard.type(" and more of them")
        await expect(at.page.locator(".write.rich")).to_have_text("First words and more of them")
        assert await drafts(desk) == [("reply", "<p>First words and more of them</p>")]


async def test_what_was_sent_does_not_come_back_as_a_draft(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        gate = Gate("PUT")
        await at.page.route(DRAFT, gate)
        await begin(at.page, "On its way.")
        await gate.came.wait()
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.locator(".write.rich")).to_have_text("")
        gate.opened.set()
        await at.page.get_by_role("button", name="Undo").wait_for()
        await expect(at.page.locator(".write.rich")).to_have_text("")
        assert await drafts(desk) == []


async def test_nor_does_a_note(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await at.page.keyboard.press("n")
            await at.page.keyboard.type("Ask the warehouse.")
        async with at.page.expect_response(lambda r: r.url.endswith("/draft") and r.ok):
            await at.page.keyboard.press("Control+Enter")
        await expect(at.page.locator(".ev", has_text="Ask the warehouse.")).to_be_visible()
        await expect(at.page.locator(".write.rich")).to_have_text("")
        assert await drafts(desk) == []


async def test_refused_words_can_be_gone_on_with(desk: Open) -> None:
    async with at_first(desk) as (at, path):
        await at.go(path)
        async with at.page.expect_response(lambda r: r.request.method == "PUT" and r.ok):
            await begin(at.page, "Nearly")
        await at.page.route(
            "**/replies", lambda r: r.fulfill(status=400, json={"title": "No", "detail": "Not so."})
        )
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.get_by_role("alert")).to_contain_text("Not so.")
        async with at.page.expect_response(lambda r: r.request.method == "PUT") as saved:
            await at.page.keyboard.type(" right")
        assert (await saved.value).ok
        await expect(at.page.locator(".write.rich")).to_have_text("Nearly right")
