"""What was newly written is in sight; what it quotes is a press away."""

import msgspec
from playwright.async_api import expect

from tests.desk.conftest import Open
from tests.desk.screens import post, window

MAIL = """My parcel is still not here.

Am Mo., 2. März 2026 um 10:00 schrieb Marlow & Finch <support@marlowfinch.example>:
> It leaves today.
"""


async def test_a_quotation_is_folded_and_never_lost(desk: Open) -> None:
    letter = msgspec.structs.replace(desk.letters[0], text=MAIL, name="Frida Falk", sender="f@new.example")
    async with window(desk.browser, desk.address, desk.cookie, (1440, 900)) as at:
        await at.go("/?view=all")
        await post(desk.house, letter, "support@marlowfinch.example")
        await at.page.locator(".qrow", has_text="Frida Falk").click()
        said = at.page.locator(".ev", has_text="My parcel is still not here.")
        await expect(said).not_to_contain_text("It leaves today.")
        await said.get_by_role("button", name="Signature and quoted text").click()
        await expect(said).to_contain_text("> It leaves today.")
        await said.get_by_role("button", name="Fold signature and quoted text").click()
        await expect(said).not_to_contain_text("It leaves today.")
