"""Somebody whose password was chosen by another chooses their own before anything else."""

from playwright.async_api import expect

from doorstep.people import Role
from tests.desk.conftest import Open
from tests.desk.screens import SHOTS
from tests.desk.test_screens import PHONE, WIDE
from tests.stories.conftest import PASSWORD

LEO = "leo@shop.example"


async def test_ones_own_password_is_chosen_at_the_door(desk: Open) -> None:
    await desk.house.add_agent(LEO, Role.AGENT)
    async with desk.house.house.db.connection() as on:
        await on.execute("update agent set must_change_password = true where sign_in = $1", LEO)
    page = await desk.browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    await page.goto(desk.address)
    await page.fill("input[name=sign_in]", LEO)
    await page.fill("input[name=password]", PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Password you were given")).to_be_focused()
    await page.screenshot(path=SHOTS / "new-password-light.png")
    await page.emulate_media(color_scheme="dark")
    await page.screenshot(path=SHOTS / "new-password-dark.png")
    await page.emulate_media(color_scheme="light")
    await page.fill("input[name=current]", PASSWORD)
    await page.fill("input[name=new]", "short")
    await page.get_by_role("button", name="Go on").click()
    await expect(page.get_by_text("Not changed.")).to_be_visible()
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.screenshot(path=SHOTS / "new-password-phone.png")
    await page.fill("input[name=new]", "a password of my own")
    await page.get_by_role("button", name="Go on").click()
    await page.wait_for_selector(".qhead")
    await page.close()
