"""Two agents at one conversation see each other: reading, writing, and gone."""

import asyncio

from playwright.async_api import Locator, expect

from tests.desk.conftest import Open
from tests.desk.screens import Desk, signed_in, window
from tests.desk.test_screens import PHONE, WIDE, first_conversation

LEO = "leo@shop.example"


def others(at: Desk) -> Locator:
    return at.page.locator(".comp .assist", has_text="here too")


async def test_two_see_each_other_read_write_and_go(desk: Open) -> None:
    await desk.house.add_agent(LEO)
    leo_cookie = await signed_in(desk.browser, desk.address, LEO)
    async with (
        window(desk.browser, desk.address, desk.cookie, WIDE) as maren,
        window(desk.browser, desk.address, leo_cookie, PHONE, "dark") as leo,
    ):
        await maren.go("/")
        path = await first_conversation(maren.page)
        await asyncio.gather(maren.go(path), leo.go(f"{path}?pane=story&view=all"))
        await expect(others(maren)).to_have_text("Leo is reading here too")
        await expect(others(leo)).to_have_text("Maren is reading here too")
        await maren.page.keyboard.press("r")
        await maren.page.keyboard.type("It comes tomorrow")
        await expect(others(leo)).to_have_text("Maren is writing here too")
        await leo.shot("presence-phone-dark")
        await maren.page.keyboard.press("Control+a")
        await maren.page.keyboard.press("Delete")
        await expect(others(leo)).to_have_text("Maren is reading here too")
        await leo.page.locator(".write").click()
        await leo.page.keyboard.type("I have it")
        await expect(others(maren)).to_have_text("Leo is writing here too")
        await maren.shot("presence-light")
        await leo.page.get_by_role("link", name="Queue").click()
        await leo.page.locator(".qrow").nth(1).click()
        await expect(others(maren)).to_have_count(0)
        await maren.page.keyboard.press("Escape")
        await maren.page.keyboard.press("j")
        await maren.page.keyboard.press("Enter")
        await expect(others(maren)).to_have_text("Leo is reading here too")
        assert [at.complaints for at in (maren, leo)] == [[], []]
