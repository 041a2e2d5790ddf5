"""The line breaks while an agent sends: the reply leaves once. What was not sent stays hers alone."""

import re

from playwright.async_api import Page, Route, expect

from tests.desk.conftest import Open
from tests.desk.screens import window
from tests.desk.test_screens import WIDE, first_conversation

WORDS = "It is found, and with you tomorrow."
DRAFTS = "Object.keys(localStorage).filter(name => name.startsWith('doorstep.draft.'))"


async def write(page: Page, words: str) -> None:
    await page.keyboard.press("r")
    await expect(page.locator(".write")).to_be_focused()
    await page.keyboard.type(words)


async def lose_the_answers(page: Page, lost: int) -> list[str]:
    """The server takes the first replies, and nobody hears that it did. Returns what was asked."""
    asked: list[str] = []

    async def handle(route: Route) -> None:
        asked.append(str(route.request.post_data))
        answer = await route.fetch()
        if len(asked) <= lost:
            await route.abort()
        else:
            await route.fulfill(response=answer)

    await page.route("**/replies", handle)
    return asked


async def replies(desk: Open) -> list[str]:
    async with desk.house.house.db.connection() as on:
        return [
            row["text"]
            for row in await on.fetch(
                "select text from interaction where direction = 'out' and delivery = 'queued'"
            )
        ]


async def test_an_answer_that_was_lost_is_asked_for_again(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        asked = await lose_the_answers(at.page, 1)
        await write(at.page, WORDS)
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_role("button", name="Undo").wait_for()
        assert len(asked) == 2
        assert asked[0] == asked[1]
        assert await replies(desk) == [WORDS]
        await expect(at.page.locator(".ev.us", has_text=WORDS)).to_have_count(1)


async def test_sent_again_by_hand_it_leaves_once_and_other_words_are_told(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await lose_the_answers(at.page, 6)
        words = at.page.locator(".write")
        await write(at.page, WORDS)
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_text("Your words are back.").wait_for()
        await expect(words).to_have_text(WORDS)
        await at.page.keyboard.type(" Soon.")
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.get_by_text("Your words are back.")).to_have_count(0)
        await at.page.get_by_text("Your words are back.").wait_for()
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.get_by_role("alert")).to_contain_text("another reply was sent already")
        assert await replies(desk) == [WORDS]


async def test_unsent_words_are_hers_and_gone_when_she_signs_out(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        path = await first_conversation(at.page)
        await at.go(path)
        await write(at.page, WORDS)
        async with desk.house.house.db.connection() as on:
            me = await on.fetchval("select id from agent where sign_in = 'maren@shop.example'")
        assert await at.page.evaluate(DRAFTS) == [f"doorstep.draft.{me}.{path.rpartition('/')[2]}"]
        other = "doorstep.draft.0190a000-0000-7000-8000-000000000001.0190a000-0000-7000-8000-000000000002"
        await at.page.evaluate(f"localStorage.setItem('{other}', '{{\"reply\": \"Leo wrote this\"}}')")
        await at.page.reload()
        await expect(at.page.locator(".write")).to_have_text(WORDS)
        await at.page.get_by_role("button", name=re.compile("Maren")).click()
        await at.page.get_by_role("menuitem", name="Sign out").click()
        await at.page.wait_for_selector("input[name=sign_in]")
        assert await at.page.evaluate(DRAFTS) == [other]
