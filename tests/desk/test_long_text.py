"""A very long letter: its beginning stands in the story, and the rest a press away."""

import msgspec
from playwright.async_api import Route, expect

from tests.desk.conftest import Open
from tests.desk.screens import post, window


async def test_all_of_a_long_letter_is_shown_where_it_stands(desk: Open) -> None:
    text = "\n".join(f"Line {number} of what happened to my parcel." for number in range(1000))
    letter = msgspec.structs.replace(desk.letters[0], text=text, name="Nils Neumann", sender="n@new.example")
    async with window(desk.browser, desk.address, desk.cookie, (1440, 900)) as at:
        await at.go("/?view=all")
        await post(desk.house, letter, "support@marlowfinch.example")
        await at.page.locator(".qrow", has_text="Nils Neumann").click()
        said = at.page.locator(".ev", has_text="Line 0 of")
        await expect(said).to_contain_text("This is only the beginning.")
        await expect(said).not_to_contain_text("Line 999 of")
        await at.shot("long-text-light")

        async def break_off(route: Route) -> None:
            await route.abort()

        await at.page.route("**/text", break_off)
        await said.get_by_role("button", name="Show all").click()
        await expect(said).to_contain_text("The rest could not be read.")
        await at.shot("long-text-broken-light")
        await at.page.unroute("**/text")
        await said.get_by_role("button", name="Try again").click()
        await expect(said).to_contain_text("Line 999 of")
        await expect(said.get_by_role("button", name="Show all")).to_have_count(0)
        await expect(said).not_to_contain_text("could not be read")
