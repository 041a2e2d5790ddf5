"""A supervisor keeps words ready and sets what stands under replies; an agent has their own there."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect

from tests.desk.conftest import Open
from tests.desk.screens import Desk, signed_in, window
from tests.desk.test_ready_words import make_ready
from tests.desk.test_screens import NARROW, PHONE, WIDE
from tests.desk.test_settings import SUPPORT, field

SIZES = [
    (WIDE, "light", "light"),
    (WIDE, "dark", "dark"),
    (NARROW, "light", "narrow"),
    (PHONE, "light", "phone"),
]
LEO = "leo@shop.example"


@asynccontextmanager
async def at_words(
    desk: Open, path: str = "/settings/words", size: tuple[int, int] = WIDE, theme: str = "light"
) -> AsyncIterator[Desk]:
    async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
        await at.go(path)
        yield at


async def kept(desk: Open, name: str) -> dict[str, object] | None:
    async with desk.house.house.db.connection() as on:
        row = await on.fetchrow("select name, folder, html, acts from macro where name = $1", name)
    return dict(row) if row else None


async def fill_in(page: Page, words: str) -> None:
    """By keys alone: the menu beside the marks."""
    await page.get_by_role("button", name="Fill in").press("Enter")
    await page.get_by_role("menuitem", name=words).press("Enter")
    await expect(page.locator(".write.rich")).to_be_focused()


async def saved(page: Page) -> None:
    await expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()


async def test_words_are_written_with_what_is_filled_in_and_seen_as_they_will_read(desk: Open) -> None:
    await make_ready(desk)
    async with at_words(desk) as at:
        page, beside = at.page, at.page.get_by_role("complementary", name="As it will read")
        await page.get_by_role("link", name="New ready words").click()
        await field(page, "Name").fill("Late parcel")
        await field(page, "Folder").fill("Parcels")
        await page.locator(".write.rich[contenteditable]").click()
        await page.keyboard.type("Hello ")
        await fill_in(page, "the customer's first name")
        await page.keyboard.type(", order ")
        await fill_in(page, "the order's number")
        await page.keyboard.type(" is late.")
        await expect(beside.locator(".ours .said")).to_have_text("Hello Ioanna, order 48213 is late.")
        await beside.get_by_text("A stranger asks").click()
        await expect(beside.locator(".ours .unknown")).to_have_text(
            ["[customer.first_name?]", "[order.number?]"]
        )
        await at.shot("ready-new-stranger-light")
        await page.get_by_role("radiogroup", name="The conversation is").get_by_text("Waiting").click()
        await page.get_by_role("button", name="Keep them ready").click()
        await expect(page.get_by_role("heading", level=1, name="Late parcel")).to_be_visible()
        assert await kept(desk, "Late parcel") == {
            **{"name": "Late parcel", "folder": "Parcels", "acts": ["wait"]},
            "html": "<p>Hello {{customer.first_name}}, order {{order.number}} is late.</p>",
        }
        assert at.complaints == []


async def test_what_cannot_be_kept_is_said_beside_it(desk: Open) -> None:
    await make_ready(desk)
    async with at_words(desk, "/settings/words/new") as at:
        page = at.page
        await page.locator(".write.rich[contenteditable]").click()
        await page.keyboard.type("Order {{order.nr}}")
        await page.get_by_role("button", name="Keep them ready").click()
        await expect(page.get_by_text("Give it a name by which it is found.")).to_be_visible()
        await expect(field(page, "Name")).to_be_focused()
        await page.keyboard.type("Number")
        await page.keyboard.press("Enter")
        await expect(page.locator("#html-fault")).to_contain_text("There is no {{order.nr}}.")
        await expect(page.locator(".write.rich")).to_be_focused()
        await at.shot("ready-new-fault-light")
        await (
            page.get_by_role("link", name="People and roles")
            .or_(page.get_by_role("link", name="All inboxes"))
            .first.click()
        )
        await expect(page.get_by_role("alert")).to_contain_text("not saved.")
        await page.get_by_role("button", name="Leave without them").click()
        await expect(page.get_by_role("heading", level=1, name="Inboxes")).to_be_visible()


async def test_they_are_found_changed_and_removed_and_come_back(desk: Open) -> None:
    await make_ready(desk)
    async with at_words(desk) as at:
        page, rows = at.page, at.page.locator(".setrow.words")
        await expect(rows).to_have_count(2)
        await page.keyboard.press("/")
        await page.keyboard.type("send back")
        await expect(rows).to_have_count(1)
        await expect(page.get_by_text("1 of 2")).to_be_visible()
        await page.keyboard.press("Control+a")
        await page.keyboard.type("nobody says this")
        await expect(page.get_by_text("None has “nobody says this”")).to_be_visible()
        await page.keyboard.press("Control+a")
        await page.keyboard.type("returns")
        await rows.click()
        await page.locator(".write.rich[contenteditable]").click()
        await page.keyboard.press("Control+End")
        await page.keyboard.type(" Thank you.")
        await page.get_by_role("button", name="Save").click()
        await saved(page)
        found = await kept(desk, "How to send it back")
        assert found is not None
        assert str(found["html"]).endswith(" Thank you.</p>")
        await page.get_by_role("button", name="Remove").click()
        await expect(page.get_by_role("heading", level=1, name="Ready words")).to_be_visible()
        await expect(rows).to_have_count(1)
        assert await kept(desk, "How to send it back") is None
        await at.shot("ready-removed-light")
        await page.get_by_role("button", name="Undo").click()
        await expect(rows).to_have_count(2)
        assert await kept(desk, "How to send it back") == found
        assert at.complaints == []


async def test_none_yet_says_what_they_are_for(desk: Open) -> None:
    async with desk.house.house.db.connection() as on:
        await on.execute("delete from macro")
    async with at_words(desk) as at:
        await expect(at.page.get_by_text("No words are kept yet")).to_be_visible()
        await at.shot("ready-none-light")
        assert at.complaints == []


async def test_a_signature_is_everybodys_until_one_has_ones_own(desk: Open) -> None:
    async with desk.house.house.db.connection() as on:
        await on.execute("delete from signature")
    async with at_words(desk, "/settings/inboxes") as at:
        page, beside = at.page, at.page.get_by_role("complementary", name="As it will read")
        await page.locator(".setrow", has_text=SUPPORT).click()
        await page.get_by_role("link", name="Signature").click()
        await expect(beside).to_contain_text("Nothing stands under it.")
        await page.locator(".write.rich[contenteditable]").click()
        await fill_in(page, "the name of whoever answers")
        await page.keyboard.type(", Marlow & Finch")
        await expect(beside.locator(".signature")).to_have_text("Maren, Marlow & Finch")
        await page.get_by_role("button", name="Save").click()
        await saved(page)
        assert at.complaints == []
    await desk.house.add_agent(LEO)
    cookie = await signed_in(desk.browser, desk.address, LEO)
    async with window(desk.browser, desk.address, cookie, WIDE) as at:
        await at.go("/")
        page, beside = at.page, at.page.get_by_role("complementary", name="As it will read")
        await page.get_by_role("button", name=re.compile("^Leo")).click()
        await page.get_by_role("menuitem", name="Your profile").click()
        await expect(page.locator(".setrow", has_text=SUPPORT)).to_contain_text("everybody's")
        await page.locator(".setrow", has_text=SUPPORT).click()
        await expect(beside.locator(".signature")).to_have_text("Leo, Marlow & Finch")
        await page.get_by_text("Your own", exact=True).click()
        await page.locator(".write.rich[contenteditable]").click()
        await page.keyboard.press("Control+End")
        await page.keyboard.type(" of Care")
        await page.get_by_role("button", name="Save").click()
        await saved(page)
        await expect(beside.locator(".signature")).to_have_text("Leo, Marlow & Finch of Care")
        await page.get_by_text("None", exact=True).click()
        await expect(beside).to_contain_text("Nothing stands under it.")
        await page.get_by_role("button", name="Save").click()
        await saved(page)
        await page.locator(".snav").get_by_role("link", name="Your profile").click()
        await expect(page.locator(".setrow", has_text=SUPPORT)).to_contain_text("none of yours")
        assert at.complaints == []


@pytest.mark.parametrize(("size", "theme", "name"), SIZES)
async def test_in_every_size_and_theme(desk: Open, size: tuple[int, int], theme: str, name: str) -> None:
    async with at_words(desk, size=size, theme=theme) as at:
        page = at.page
        await at.is_within()
        await at.shot(f"ready-list-{name}")
        await page.locator(".setrow.words", has_text="Where your parcel is").click()
        await page.locator(".write.rich[contenteditable]").wait_for()
        await at.is_within()
        await at.shot(f"ready-words-page-{name}")
        await page.get_by_role("button", name="Fill in").click()
        await page.get_by_role("menuitem").first.wait_for()
        await at.shot(f"ready-fill-in-{name}")
        await page.keyboard.press("Escape")
        await at.go("/profile")
        await at.is_within()
        await at.shot(f"profile-{name}")
        await page.locator(".setrow").first.click()
        await page.get_by_text("Your own", exact=True).click()
        await page.locator(".write.rich[contenteditable]").wait_for()
        await at.is_within()
        await at.shot(f"profile-signature-{name}")
        await at.go("/settings/inboxes")
        page.on("dialog", lambda dialog: dialog.accept())
        await page.locator(".setrow", has_text=SUPPORT).click()
        await page.get_by_role("link", name="Signature").click()
        await page.locator(".write.rich[contenteditable]").wait_for()
        await at.is_within()
        await at.shot(f"inbox-signature-{name}")
        assert at.complaints == []
