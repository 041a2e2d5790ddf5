"""An administrator moves a mailbox in from the desk, and sees how it goes, in every size and theme."""

from pathlib import Path

from playwright.async_api import expect

from doorstep.people import Role
from tests.desk.conftest import Open
from tests.desk.screens import signed_in, window
from tests.spine.moving import OLD, mbox, threads

WIDE, PHONE = (1440, 900), (390, 844)
SPAM = b"From: a@b.example\nX-Gmail-Labels: Spam\nMessage-ID: <spam@b.example>\n\nBuy\n"


async def test_a_mailbox_moves_in_from_the_desk(desk: Open, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(30)]
    path = mbox(tmp_path / "All mail Including Spam and Trash.mbox", [*mails, SPAM])
    await desk.house.add_agent("ada@shop.example", Role.ADMINISTRATOR)
    cookie = await signed_in(desk.browser, desk.address, "ada@shop.example")
    async with window(desk.browser, desk.address, cookie, WIDE) as at:
        await at.go("/")
        await at.page.get_by_role("link", name="Moving in").click()
        await expect(at.page.get_by_text("Nothing was moved in yet.")).to_be_visible()
        await at.page.get_by_label("File", exact=True).set_input_files(path)
        await at.page.get_by_label("We also wrote from").fill(OLD)
        await at.page.get_by_role("button", name="Move in").click()
        row = at.page.locator(".moverow")
        await expect(row).to_contain_text(f"{len(mails)} messages taken", timeout=30_000)
        await expect(row).to_contain_text("done")
        async with at.page.expect_download() as download:
            await row.get_by_role("link", name="1 not taken, and why").click()
        report = Path(await (await download.value).path()).read_text("utf-8")
        assert "It lay in spam there." in report
        async with desk.house.house.db.transaction() as tx:
            await tx.execute(
                "insert into import (id, inbox_id, name, paths, is_uploaded, state, total, place, taken, "
                "began_at) select gen_random_uuid(), inbox_id, 'Support 2019.zip', '{}', false, 'running', "
                "48211, 20113, 20004, now() - interval '1 minute' from import"
            )
        await expect(at.page.get_by_role("progressbar")).to_be_visible(timeout=20_000)
        assert at.complaints == []
    for size, theme, name in ((WIDE, "light", "light"), (WIDE, "dark", "dark"), (PHONE, "light", "phone")):
        async with window(desk.browser, desk.address, cookie, size, theme) as at:
            await at.go("/moving-in")
            await expect(at.page.get_by_role("progressbar")).to_be_visible()
            await at.is_within()
            await at.shot(f"moving-in-{name}")
            assert at.complaints == []


async def test_only_administrators_see_it(desk: Open) -> None:
    await desk.house.add_agent("sam@shop.example", Role.SUPERVISOR)
    cookie = await signed_in(desk.browser, desk.address, "sam@shop.example")
    async with window(desk.browser, desk.address, cookie, WIDE) as at:
        await at.go("/")
        await expect(at.page.get_by_role("link", name="Undelivered")).to_be_visible()
        await expect(at.page.get_by_role("link", name="Moving in")).to_have_count(0)
