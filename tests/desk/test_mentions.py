"""A colleague is named in a note by a few letters, hears of it by the bell, and opens it from there."""

from playwright.async_api import expect

from tests.desk.conftest import Open
from tests.desk.screens import signed_in, window
from tests.desk.test_screens import PHONE, WIDE, first_conversation

LEO = "leo@shop.example"


async def test_a_colleague_is_named_told_and_looks(desk: Open) -> None:
    await desk.house.add_agent(LEO)
    cookie = await signed_in(desk.browser, desk.address, LEO)
    async with (
        window(desk.browser, desk.address, desk.cookie, WIDE) as maren,
        window(desk.browser, desk.address, cookie, PHONE, "dark") as leo,
    ):
        await leo.go("/")
        bell = leo.page.get_by_role("button", name="Notes that name you")
        await expect(bell).to_have_accessible_name("Notes that name you, 0 not seen")
        await maren.go("/")
        path = await first_conversation(maren.page)
        await maren.go(path)
        await maren.page.keyboard.press("n")
        await maren.page.keyboard.type("Can you look, @le")
        await expect(maren.page.get_by_role("button", name="@Leo")).to_be_visible()
        await maren.shot("mention-offered-light")
        await maren.page.keyboard.press("Tab")
        await maren.page.keyboard.type("please?")
        await expect(maren.page.locator(".write")).to_have_text("Can you look, @Leo please?")
        await maren.page.keyboard.press("Control+Enter")
        await expect(bell).to_have_accessible_name("Notes that name you, 1 not seen")
        await bell.click()
        row = leo.page.get_by_role("menuitem", name="Can you look, @Leo please?")
        await expect(row).to_be_visible()
        await leo.shot("mention-list-phone-dark")
        await leo.is_within()
        await row.click()
        await expect(leo.page.locator(".ev", has_text="Can you look, @Leo please?")).to_be_visible()
        await expect(bell).to_have_accessible_name("Notes that name you, 0 not seen")
        assert [at.complaints for at in (maren, leo)] == [[], []]
