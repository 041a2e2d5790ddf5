"""An agent opens the desk: it looks right in every size and theme, and works by its keys."""

import re

import msgspec
from playwright.async_api import Page, expect

from doorstep.people import Role
from tests.desk.conftest import Open
from tests.desk.screens import post, signed_in, window

WIDE, NARROW, PHONE = (1440, 900), (1024, 768), (390, 844)


async def first_conversation(page: Page) -> str:
    """The address of the conversation whose promise breaks first."""
    return str(await page.locator(".qrow").first.get_attribute("href")).partition("?")[0]


async def looks(desk: Open, size: tuple[int, int], theme: str, names: dict[str, str]) -> list[str]:
    """Pictures of one size and theme; each must be within its window. Returns the console's complaints."""
    async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
        await at.go("/")
        path = await first_conversation(at.page)
        for name, pane in names.items():
            await at.go(f"{path}?pane={pane}")
            await at.page.wait_for_selector(".whohead", state="attached")
            await at.is_within()
            await at.shot(name)
        return at.complaints


async def test_every_size_and_theme(desk: Open) -> None:
    assert await looks(desk, WIDE, "light", {"desk-light": "story"}) == []
    assert await looks(desk, WIDE, "dark", {"desk-dark": "story"}) == []
    assert await looks(desk, NARROW, "light", {"desk-narrow": "story"}) == []
    phone = {f"desk-{pane}-phone": pane for pane in ("queue", "story", "facts")}
    assert await looks(desk, PHONE, "light", phone) == []
    async with desk.house.house.db.connection() as on:
        await on.execute(
            "insert into dead_job (id, kind, payload, tries, created_at, error) "
            "values (gen_random_uuid(), 'reply.send', '', 8, now(), 'TimeoutError in doorstep.store.jobs.')"
        )
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/undelivered")
        await expect(at.page.get_by_role("row", name="TimeoutError")).to_be_visible()
        await expect(at.page.get_by_role("row", name=re.compile("Today"))).to_be_visible()
        await at.is_within()
        await at.shot("undelivered-light")
        assert at.complaints == []


async def test_an_agent_works_by_keys(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        page, here = at.page, at.page.locator(".qrow.here .n")
        names = await page.locator(".qrow .n bdi").all_inner_texts()
        await page.keyboard.press("j")
        await page.keyboard.press("j")
        await expect(here).to_contain_text(names[1])
        await page.keyboard.press("k")
        await expect(here).to_contain_text(names[0])
        await page.keyboard.press("Enter")
        await expect(page.locator(".whohead h2")).to_have_text(names[0])

        await reply_and_take_it_back(page)
        await resolve_and_take_it_back(page, names)
        assert at.complaints == []


async def reply_and_take_it_back(page: Page) -> None:
    words = page.locator(".write")
    await page.keyboard.press("r")
    await expect(words).to_be_focused()
    await page.keyboard.type("It is found, and with you tomorrow.")
    await page.keyboard.press("Control+Enter")
    said = page.locator(".ev.us", has_text="It is found, and with you tomorrow.")
    await expect(said).to_contain_text("goes out in")
    await expect(words).to_have_text("")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    await page.keyboard.press("z")
    await expect(words).to_have_text("It is found, and with you tomorrow.")
    await expect(said).to_have_count(0)


async def resolve_and_take_it_back(page: Page, names: list[str]) -> None:
    row = page.locator(".qrow", has_text=names[0])
    await page.keyboard.press("e")
    await expect(row).to_have_count(0)
    await expect(page.locator(".whohead h2")).to_have_text(names[1])
    await page.get_by_role("button", name="Undo").wait_for()
    await page.keyboard.press("z")
    await expect(row).to_have_count(1)


async def test_a_mail_is_on_the_screen_by_itself(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        name = await at.page.locator(".qrow .n bdi").first.inner_text()
        await at.go(await first_conversation(at.page))
        written = next(letter for letter in desk.letters if letter.name == name)
        again = msgspec.structs.replace(written, text="One more thing: I am home until noon.")
        await at.page.locator(".ev", has_text=written.text.splitlines()[0]).first.wait_for()
        await post(desk.house, again, "support@marlowfinch.example")
        await at.page.locator(".ev", has_text=again.text).wait_for()
        assert at.complaints == []


async def test_what_was_said_is_shown_as_it_was_sent(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await at.page.get_by_role("button", name="Show as sent").first.click()
        frame = at.page.frame_locator("iframe.assent")
        await expect(frame.locator("p").first).to_be_visible()
        sandbox = await at.page.locator("iframe.assent").get_attribute("sandbox")
        assert "allow-scripts" not in str(sandbox)
        assert at.complaints == []


async def test_anyone_is_found_by_name(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.page.keyboard.press("Control+k")
        name = desk.letters[0].name
        await at.page.keyboard.type(name)
        found = at.page.get_by_role("menuitem", name=re.compile(re.escape(name)))
        await found.first.wait_for()
        await at.shot("palette-light")
        await found.first.click()
        await expect(at.page.locator(".whohead h2")).to_have_text(name)
        assert at.complaints == []


async def test_a_lost_line_is_said_and_comes_back(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.page.context.set_offline(True)
        await expect(at.page.get_by_text("You are offline.")).to_be_visible()
        await at.shot("offline-light")
        await at.page.context.set_offline(False)
        await expect(at.page.get_by_text("You are offline.")).to_have_count(0)


async def test_an_auditor_reads_and_cannot_answer(desk: Open) -> None:
    await desk.house.add_agent("audit@shop.example", Role.AUDITOR)
    cookie = await signed_in(desk.browser, desk.address, "audit@shop.example")
    async with window(desk.browser, desk.address, cookie, WIDE) as at:
        await at.go("/?view=all")
        await at.go(await first_conversation(at.page) + "?view=all")
        await expect(at.page.get_by_text("You read here; an auditor does not answer.")).to_be_visible()
        await expect(at.page.get_by_role("button", name="Resolve")).to_have_count(0)
        assert at.complaints == []


async def test_the_queue_stands_still_under_the_hand(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/?view=all")
        names = at.page.locator(".qrow .n bdi")
        await at.page.locator(".qrow").nth(2).hover()
        stood = await names.all_inner_texts()
        letter = msgspec.structs.replace(desk.letters[0], sender="nils@new.example", name="Nils Neumann")
        await post(desk.house, letter, "support@marlowfinch.example")
        await expect(names.last).to_have_text("Nils Neumann")
        assert await names.all_inner_texts() == [*stood, "Nils Neumann"]
        await at.page.get_by_role("button", name="Put in order").press("Enter")
        await expect(names.last).not_to_have_text("Nils Neumann")
        assert at.complaints == []
