"""Ready words: found by name and by what they say, filled in where the cursor stands, with the signature."""

import pytest
from playwright.async_api import expect

from doorstep.kernel import new_id
from tests.desk.conftest import Open
from tests.desk.screens import Desk, window
from tests.desk.test_composer import PHONE, begin, sent_html
from tests.desk.test_screens import WIDE, first_conversation


async def make_ready(desk: Open) -> None:
    async with desk.house.house.db.transaction() as tx:
        await tx.execute("delete from macro")
        for folder, name, more in (
            ("Parcels", "Where it is", "It is on its way"),
            ("Returns", "How to send it back", "Please <b>print</b> the label"),
        ):
            html = f"<p>Dear {{{{customer.first_name}}}}, {name}: {{{{customer.name}}}}.</p><p>{more}.</p>"
            await tx.execute(
                "insert into macro (id, name, folder, html, acts, changed_at) "
                "values ($1, $2, $3, $4, '{resolve}', now())",
                new_id(), name, folder, html,
            )  # fmt: skip
        await tx.execute("update customer set name = ''")
        await tx.execute("delete from signature")
        await tx.execute(
            "insert into signature (inbox_id, html) select id, '<p>{{agent.name}}<br>Finch</p>' from inbox"
        )


async def stopped(at: Desk, shot: str) -> None:
    """Nothing has left: the reason is said, and what is to be filled in first is chosen."""
    told = at.page.get_by_role("alert")
    await expect(told).to_contain_text("Not sent. Something is not filled in.")
    await expect(told).to_contain_text("We do not know the customer's first name or the customer's name.")
    await expect(told.get_by_role("button", name="Take them out")).to_be_visible()
    await expect(at.page.locator(".write.rich")).to_be_focused()
    assert await at.page.evaluate("String(getSelection())") == "[customer.first_name?]"
    await expect(at.page.locator(".ev.us", has_text="Where it is")).to_have_count(0)
    await at.is_within()
    await at.shot(shot)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_stroke_opens_them_and_enter_puts_them_in(desk: Open, theme: str) -> None:
    await make_ready(desk)
    async with window(desk.browser, desk.address, desk.cookie, WIDE, theme) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        await begin(at.page, "/")
        await expect(at.page.get_by_role("menuitem")).to_have_count(2)
        await at.shot(f"ready-words-{theme}")
        await at.page.keyboard.type("print the")
        await expect(at.page.get_by_role("menuitem")).to_have_text(["How to send it back"])
        await at.page.keyboard.press("Control+a")
        await at.page.keyboard.type("first_name")
        await expect(at.page.get_by_text("None has “first_name”.")).to_be_visible()
        await at.page.keyboard.press("Control+a")
        await at.page.keyboard.type("where")
        await expect(at.page.get_by_role("menuitem")).to_have_count(1)
        await at.page.keyboard.press("Enter")
        await expect(at.page.locator(".write.rich .unknown").first).to_have_text("[customer.first_name?]")
        await expect(at.page.get_by_text("then resolved")).to_be_visible()
        await at.page.get_by_text("with your signature").click()
        await expect(at.page.locator(".signature")).to_contain_text("Finch")
        await at.shot(f"ready-words-in-{theme}")
        await at.page.locator(".write.rich").click()
        await at.page.keyboard.press("Control+Enter")
        await stopped(at, f"ready-words-stopped-{theme}")
        await at.page.keyboard.type("Ioanna")
        await at.page.keyboard.press("Control+Enter")
        told = at.page.get_by_role("alert")
        await expect(told).to_contain_text("We do not know the customer's name.")
        await told.get_by_role("button", name="Take it out").click()
        await expect(told).to_have_count(0)
        await expect(at.page.locator(".write.rich")).to_contain_text("Dear Ioanna, Where it is:.")
        await at.page.keyboard.press("Control+Enter")
        await at.page.get_by_role("button", name="Undo").wait_for()
        assert "Where it is" in await sent_html(desk)
        assert "unknown" not in await sent_html(desk)
        async with desk.house.house.db.connection() as on:
            row = await on.fetchrow("select acts, signature from reply order by id desc limit 1")
        assert row["acts"] == ["resolve"]
        assert "Finch" in row["signature"]
        assert [each for each in at.complaints if "400" not in each] == []
        await at.page.get_by_role("button", name="Undo").click()
        await expect(at.page.locator(".write.rich")).to_contain_text("Where it is")


async def test_on_a_phone_the_signature_can_be_left_out(desk: Open) -> None:
    await make_ready(desk)
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        path = await first_conversation(at.page)
    async with window(desk.browser, desk.address, desk.cookie, PHONE) as at:
        await at.go(f"{path}?pane=story")
        await at.page.get_by_role("button", name="Ready words").click()
        await at.shot("ready-words-phone-light")
        await at.page.get_by_role("menuitem", name="How to send it back").click()
        await at.page.get_by_role("button", name="Leave it out").click()
        await expect(at.page.get_by_role("button", name="Sign it")).to_be_visible()
        await at.shot("ready-words-in-phone-light")
        await at.page.get_by_role("button", name="Send reply").click()
        told = at.page.get_by_role("alert")
        await expect(told).to_be_visible()
        await at.is_within()
        await at.shot("ready-words-stopped-phone-light")
        await told.get_by_role("button", name="Take them out").click()
        await at.page.get_by_role("button", name="Send reply").click()
        await at.page.get_by_role("button", name="Undo").wait_for()
        async with desk.house.house.db.connection() as on:
            assert await on.fetchval("select signature from reply order by id desc limit 1") == ""
