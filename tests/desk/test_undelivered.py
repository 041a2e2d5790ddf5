"""What could not be shown is told from what else waits, and its original can be saved; so can a message's."""

from playwright.async_api import Download, Locator, Page, expect

from doorstep.kernel import Address, AddressKind, Arrival, Signal, SystemClock, new_id
from tests.desk.conftest import Open
from tests.desk.screens import window
from tests.desk.test_screens import PHONE, WIDE, first_conversation

RAW = b"From: ada@new.example\r\nSubject: A parcel that came open\r\n\r\nIt was open.\r\n"
WHY = "KeyError in doorstep.conversations.thread, line 41. Nothing of it was shown."

NARROW_WORDS = """() => [...document.querySelectorAll('.rail a')].filter((a) => a.checkVisibility()).every(
  (a) => a.querySelector('span').getBoundingClientRect().width <= a.getBoundingClientRect().width - 2)"""
"""True when every word of the rail has room in its field."""


async def fail_two(desk: Open) -> None:
    """One that can be read, and one that nobody can."""
    house = desk.house.house
    async with house.db.connection() as on:
        inbox = await on.fetchrow("select id, channel from inbox order by id limit 1")
    ids = []
    for name in ("Ada Alder", "Ben Birch"):
        signal = Signal(
            inbox_id=inbox["id"],
            channel=inbox["channel"],
            external_id=str(new_id()),
            sender=Address(AddressKind.MAILBOX, "ada@new.example", name),
            happened_at=SystemClock().now(),
            subject="A parcel that came open, and what I should now do with all that was in it",
            text="It was open.",
        )
        ids.append((await house.edge.accept([Arrival(signal, RAW)])).ids[0])
    async with house.db.transaction() as tx:
        await tx.execute("update journal set signal = 'no json' where id = $1", ids[1])
        for signal_id in ids:
            await tx.execute(
                "insert into undelivered (id, signal_id, received_at, inbox_id, channel, lane, priority, "
                "is_reading, tries, error) select $1, id, received_at, inbox_id, channel, 1, 1, false, 5, $3 "
                "from journal where id = $2",
                *(new_id(), signal_id, WHY),
            )


async def saved(page: Page, press: Locator) -> Download:
    async with page.expect_download() as download:
        await press.click()
    return await download.value


def is_original(download: Download, content: bytes) -> bool:
    name = download.suggested_filename
    return name.startswith("original-") and name.endswith(".eml") and content == RAW


async def test_what_was_not_shown_says_whom_it_is_from_and_is_saved(desk: Open) -> None:
    await fail_two(desk)
    for size, theme, name in (
        (WIDE, "light", "undelivered-rows-light"),
        (WIDE, "dark", "undelivered-rows-dark"),
        (PHONE, "light", "undelivered-rows-phone"),
    ):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go("/undelivered")
            row = at.page.locator(".heldlist > li", has_text="Ada Alder")
            await expect(row).to_contain_text("A parcel that came open")
            await expect(row).to_contain_text(WHY)
            await expect(at.page.locator(".heldlist > li", has_text="Sender not known")).to_have_count(1)
            await at.is_within()
            assert await at.page.evaluate(NARROW_WORDS)
            await at.shot(name)
            download = await saved(at.page, row.get_by_role("button", name="Original"))
            assert is_original(download, (await download.path()).read_bytes())
            assert at.complaints == []


async def test_a_message_is_saved_as_it_came_by_its_menu(desk: Open) -> None:
    for size, theme, name in ((WIDE, "light", "light"), (WIDE, "dark", "dark"), (PHONE, "light", "phone")):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go("/")
            await at.go(f"{await first_conversation(at.page)}?pane=story")
            more = at.page.locator(".ev").get_by_role("button", name="More").last
            await more.focus()
            await at.page.keyboard.press("Enter")
            await expect(at.page.get_by_role("menuitem", name="Pass on")).to_be_focused()
            await at.page.keyboard.press("ArrowDown")
            await at.shot(f"story-menu-{name}")
            download = await saved(at.page, at.page.get_by_role("menuitem", name="Original"))
            assert b"Subject: " in (await download.path()).read_bytes()
            assert download.suggested_filename.endswith(".eml")
            await expect(more).to_be_focused()
            assert at.complaints == []


async def test_the_days_that_are_counted_are_named_the_same_everywhere(desk: Open) -> None:
    for zone in ("Pacific/Pago_Pago", "Pacific/Kiritimati"):
        async with window(desk.browser, desk.address, desk.cookie, WIDE, zone=zone) as at:
            await at.go("/undelivered")
            table = at.page.get_by_role("region", name="Reconciliation")
            await expect(table.get_by_role("row").nth(1)).to_contain_text("Today")
            await expect(table.get_by_role("columnheader").first).to_have_text("Day, UTC")
