"""What a customer chose stands beside the story, stops what is against it, and can be erased with them."""

from playwright.async_api import expect

from tests.desk.conftest import Open
from tests.desk.screens import window
from tests.desk.test_screens import PHONE, WIDE


async def test_an_agent_notes_a_choice_and_the_composer_says_why_not(desk: Open) -> None:
    async with desk.house.house.db.connection() as on:
        found = await on.fetchrow("select id, customer_id from conversation where state = 'open' limit 1")
    at_story, at_privacy = f"/conversations/{found['id']}", f"/customers/{found['customer_id']}/privacy"
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(at_story)
        facts = at.page.get_by_role("complementary", name="Facts")
        await facts.get_by_role("button", name="Change").click()
        await facts.get_by_label("Contact").select_option("none")
        await facts.get_by_label("How we know").fill("on the phone")
        await at.shot("choices-form")
        await facts.get_by_role("button", name="Save choices").click()
        await expect(facts.get_by_text("No contact at all")).to_be_visible()
        await expect(at.page.get_by_text("The customer chose not to be contacted at all.")).to_be_visible()
        await at.shot("choices-light")
        assert at.complaints == []
    for size, theme, name in ((WIDE, "light", "light"), (WIDE, "dark", "dark"), (PHONE, "light", "phone")):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go(at_privacy)
            await expect(at.page.get_by_text("Messages and notes")).to_be_visible()
            await at.is_within()
            await at.shot(f"privacy-{name}")
            assert at.complaints == []
    async with window(desk.browser, desk.address, desk.cookie, WIDE, "dark") as at:
        await at.go(at_story)
        await expect(at.page.get_by_text("No contact at all")).to_be_visible()
        await at.shot("choices-dark")
        await at.go(at_privacy)
        name = await at.page.get_by_role("heading", level=1).inner_text()
        button = at.page.get_by_role("button", name="Erase for good")
        await expect(button).to_be_disabled()
        await at.page.get_by_label("Type the name to confirm").fill(name)
        await button.click()
        await expect(at.page.get_by_role("heading", name="Erase", exact=True)).to_have_count(0)
    async with desk.house.house.db.connection() as on:
        assert await on.fetchval(
            "select erased_at is not null from customer where id = $1", found["customer_id"]
        )


async def test_the_customer_s_page_in_every_dress(desk: Open) -> None:
    from datetime import UTC, datetime

    from doorstep.portal.link import make_link

    async with desk.house.house.db.transaction() as tx:
        customer_id = await tx.fetchval("select customer_id from conversation limit 1")
        links = [await make_link(tx, customer_id, datetime.now(UTC)) for _ in range(3)]
    dresses = ((WIDE, "light", "light"), (WIDE, "dark", "dark"), (PHONE, "light", "phone"))
    for link, (size, theme, name) in zip(links, dresses, strict=True):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.page.goto(f"{desk.address}/my/choices/{link}?lang=de")
            await at.page.get_by_role("button", name="Meine Wünsche öffnen").click()
            await at.page.get_by_label("Gar nicht").check()
            await at.page.get_by_role("button", name="speichern").click()
            await expect(at.page.get_by_role("status")).to_contain_text("Gespeichert")
            await at.is_within()
            await at.shot(f"portal-{name}")
            assert at.complaints == []
