"""A story of ten thousand entries opens like one of ten, and is read to its beginning without a jump."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import expect

from tests.desk.conftest import Open
from tests.desk.screens import Desk, post, window

LONG, OLD, SHORT = (f"/conversations/00000000-0000-7000-8000-0000000000{end}" for end in ("b1", "b2", "b3"))
FILL = Path(__file__).with_name("long.sql").read_text("utf-8")
WALK = Path(__file__).with_name("walk.js").read_text("utf-8")
WIDE, TALL, PHONE = (1440, 900), (1440, 2400), (390, 844)


@asynccontextmanager
async def opened(
    desk: Open, path: str, size: tuple[int, int] = WIDE, theme: str = "light"
) -> AsyncIterator[Desk]:
    async with desk.house.house.db.connection() as on:
        if not await on.fetchval("select count(*) from conversation where matter = 'Long ago'"):
            await on.execute(FILL)
    async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
        await at.go(f"{path}?view=all")
        yield at


async def requests_of(desk: Open, path: str) -> tuple[set[str], int]:
    """What opening it asks the server for, and how many elements then stand in the story."""
    async with opened(desk, "/") as at:
        asked: list[str] = []
        at.page.on("request", lambda request: asked.append(request.url))
        await at.page.goto(f"{at.address}{path}?view=all")
        await at.page.locator(".tl .ev", has_text="No. 1.").wait_for()
        await at.page.wait_for_timeout(300)
        elements = await at.page.locator(".tl *").count()
        return {re.sub("[0-9a-f-]{36}", "id", url) for url in asked if "/api/" in url}, elements


async def test_a_long_story_opens_like_a_short_one(desk: Open) -> None:
    long, many = await requests_of(desk, LONG)
    short, few = await requests_of(desk, SHORT)
    assert long == short
    assert few < many < 1_500


async def walk(at: Desk, *, up: bool, step: int = 400, steps: int = 10_000) -> dict[str, Any]:
    found: dict[str, Any] = await at.page.evaluate(WALK, {"up": up, "step": step, "steps": steps})
    return found


@pytest.mark.soak
async def test_every_entry_is_seen_once_in_order_up_and_down_again(desk: Open) -> None:
    async with opened(desk, LONG, TALL) as at:
        await at.page.locator(".tl .ev", has_text="No. 1.").wait_for()
        back, forth = await walk(at, up=True, step=1600), await walk(at, up=False, step=1600)
        assert back["order"] == list(range(1, 10_001))
        assert forth["order"] == list(range(10_000, 0, -1))
        assert max(back["most"], forth["most"]) < 1_500
        assert at.complaints == []


async def test_what_is_read_moves_as_far_as_one_scrolls_while_earlier_pages_come_in(desk: Open) -> None:
    async with opened(desk, LONG) as at:
        await at.page.locator(".tl .ev", has_text="No. 1.").wait_for()
        back = await walk(at, up=True, steps=120)
        forth = await walk(at, up=False)
        assert len(back["order"]) > 500
        assert back["order"][:500] == list(range(1, 501))
        assert forth["order"][-500:] == list(range(500, 0, -1))
        assert back["jumps"] == forth["jumps"] == []


async def test_words_are_found_and_the_way_leads_there_and_on(desk: Open) -> None:
    async with opened(desk, LONG) as at:
        page = at.page
        await page.locator(".tl .ev", has_text="No. 1.").click(position={"x": 300, "y": 5})
        await page.keyboard.press("/")
        await page.keyboard.type("walrus")
        await expect(page.get_by_text("1 of 2")).to_be_visible()
        here = page.locator(".tlplace.here")
        await expect(here).to_contain_text("No. 601.")
        await expect(here).to_be_in_viewport(ratio=1)
        await expect(here.locator("mark")).to_have_text("walrus")
        await at.shot("story-find-light")
        await page.keyboard.press("Enter")
        await expect(here).to_contain_text("> a walrus, quoted")
        await expect(here).to_be_in_viewport(ratio=1)
        await page.keyboard.press("Shift+Enter")
        await expect(here).to_contain_text("No. 601.")
        await page.keyboard.press("Escape")
        await expect(page.locator("mark")).to_have_count(0)
        down = await walk(at, up=False)
        assert (down["order"][-1], down["jumps"]) == (1, [])
        assert sorted(down["order"], reverse=True) == down["order"]
        assert at.complaints == []


async def test_an_old_conversation_opens_where_it_stands(desk: Open) -> None:
    async with opened(desk, OLD) as at:
        bright = at.page.locator(".tl .ev:not(.past):not(.c)", has_text="No. 8000.")
        await expect(bright).to_be_in_viewport(ratio=1)
        await at.shot("story-old-light")
        await at.page.get_by_role("button", name="Newest").click()
        await expect(at.page.locator(".tl .ev", has_text="No. 1.")).to_be_in_viewport()
        await expect(at.page.get_by_role("button", name="Newest")).to_have_count(0)
        assert at.complaints == []


async def test_what_comes_in_moves_nothing_that_is_read(desk: Open) -> None:
    async with opened(desk, LONG) as at:
        await at.page.locator(".tl .ev", has_text="No. 1.").wait_for()
        await at.page.locator(".tl").hover()
        await at.page.mouse.wheel(0, -1500)
        await at.page.wait_for_function("() => document.querySelector('.newbelow')")
        await at.page.wait_for_timeout(300)
        mark = at.page.locator(".tlplace", has_text=re.compile(r"No\. 4\d\."))
        before = await mark.last.bounding_box()
        letter = msgspec.structs.replace(
            desk.letters[0], sender="ioanna@long.example", name="Ioanna Papadaki", text="One more thing."
        )
        await post(desk.house, letter, "support@marlowfinch.example")
        await at.page.get_by_role("button", name="New below").click(trial=True)
        assert await mark.last.bounding_box() == before
        await at.page.get_by_role("button", name="New below").click()
        await expect(at.page.locator(".ev", has_text="One more thing.")).to_be_in_viewport(ratio=1)
        assert at.complaints == []


async def test_it_looks_right_in_every_size_and_theme(desk: Open) -> None:
    for name, size, theme in (
        ("story-long-light", WIDE, "light"),
        ("story-long-dark", WIDE, "dark"),
        ("story-long-wide", (1920, 1080), "light"),
        ("story-long-phone", PHONE, "light"),
    ):
        async with opened(desk, LONG, size, theme) as at:
            await at.page.locator(".tl .ev", has_text="No. 1.").wait_for()
            await at.is_within()
            await at.shot(name)
            assert at.complaints == []
