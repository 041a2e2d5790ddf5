"""On the desk: two matters are joined, a day is set, two records are merged, and each has its way back."""

from playwright.async_api import Page, expect

from doorstep.kernel import new_id
from tests.desk.conftest import Open
from tests.desk.screens import Letter, post, window
from tests.desk.test_screens import NARROW, PHONE, WIDE
from tests.parts import until


async def written_again(desk: Open, subject: str) -> tuple[str, str]:
    """The first writer's two conversations: the one there is, and another with this subject."""
    first = desk.letters[0]
    async with desk.house.house.db.connection() as on:
        to = await on.fetchval("select address from inbox order by id limit 1")
        await post(desk.house, Letter(first.sender, first.name, subject, "Hello.", ""), to)
        found = (
            "select c.id::text, c.matter from conversation c join identity i using (customer_id) "
            "where i.value = $1 and c.state = 'open' order by c.opened_at desc limit 2"
        )

        async def is_there() -> bool:
            rows = await on.fetch(found, first.sender)
            return bool(rows) and rows[0]["matter"] == subject

        await until(is_there)
        new, old = await on.fetch(found, first.sender)
    return str(old["id"]), str(new["id"])


async def by_palette(page: Page, words: str) -> None:
    await page.keyboard.press("Control+k")
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")


async def test_two_matters_are_joined_by_a_key_and_apart_by_another(desk: Open) -> None:
    old, new = await written_again(desk, "The lid does not close")
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/conversations/{old}")
        title = await at.page.locator(".shead h1").inner_text()
        await at.page.keyboard.press("m")
        choices = at.page.get_by_role("region", name="Join with another matter")
        await expect(choices).to_contain_text("The lid does not close")
        await at.shot("join-light")
        await choices.get_by_role("button", name="The lid does not close").click()
        one = at.page.get_by_role("region", name="One matter")
        await expect(one).to_contain_text("joined by")
        await expect(at.page.locator(".shead h1")).to_have_text(title)
        await at.shot("joined-light")
        await at.is_within()
        await at.page.keyboard.press("z")
        await expect(one).to_have_count(0)
        await at.go(f"/conversations/{old}")
        await at.page.keyboard.press("m")
        await choices.get_by_role("button", name="The lid does not close").click()
        await expect(one).to_be_visible()
        await at.go(f"/conversations/{new}")
        await expect(one).to_be_visible()
        await at.page.wait_for_function("id => !location.pathname.endsWith(id)", arg=new)
        await one.get_by_role("button", name="Take apart").click()
        await expect(one).to_have_count(0)
        assert at.complaints == []
    async with desk.house.house.db.connection() as on:
        assert (
            await on.fetchval(
                "select count(*) from conversation where joined_to is not null and not is_joined"
            )
            == 0
        )


async def test_a_day_is_set_and_the_desk_asks_about_the_matter(desk: Open) -> None:
    old, new = await written_again(desk, "The lid does not close")
    async with desk.house.house.db.connection() as on:
        await on.execute(
            "insert into matter_question values ($1::text::uuid, array[$2::text::uuid], now())", new, old
        )
    async with window(desk.browser, desk.address, desk.cookie, WIDE, "dark") as at:
        await at.go(f"/conversations/{new}")
        asked = at.page.get_by_role("region", name="Same matter?")
        await expect(asked).to_be_visible()
        await at.page.keyboard.press("l")
        await expect(at.page.get_by_role("form", name="Follow up")).to_be_visible()
        await at.shot("asked-dark")
        await at.page.get_by_role("button", name="Tomorrow").click()
        await expect(at.page.get_by_role("region", name="Follow up")).to_contain_text("Waits until")
        await asked.get_by_role("button", name="No, a new one").click()
        await expect(asked).to_have_count(0)
        await at.shot("waits-dark")
        assert at.complaints == []


async def test_two_records_are_merged_after_a_preview_and_taken_apart(desk: Open) -> None:
    old, _ = await written_again(desk, "The lid does not close")
    async with desk.house.house.db.connection() as on:
        await on.execute("insert into customer (id, name) values ($1, 'Wilhelmina Twice')", twice := new_id())
        await on.execute(
            "insert into identity (id, kind, value, name, customer_id, evidence) "
            "values ($1, 'mailbox', 'twice@work.example', '', $2, 'unverified')",
            *(new_id(), twice),
        )
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/conversations/{old}")
        await by_palette(at.page, "Merge with")
        await at.page.keyboard.type("Wilhelmina")
        await at.page.get_by_role("button", name="Wilhelmina Twice").click()
        await at.page.get_by_label("Why they are one person").fill("She gave the same number on the phone.")
        await at.shot("merge-preview-light")
        await at.page.get_by_role("button", name="Merge", exact=True).click()
        held = at.page.get_by_role("region", name="Merged records")
        await expect(held).to_contain_text("2 records, one person")
        await expect(held).to_contain_text("same number on the phone")
        await expect(at.page.locator(".ids")).to_contain_text("twice@work.example")
        await at.shot("merged-light")
        await at.is_within()
        await at.go(f"/customers/{twice}")
        await expect(at.page.locator(".ids")).to_contain_text(desk.letters[0].sender)
        assert at.complaints == []
    for size, theme, name in ((PHONE, "dark", "merged-phone-dark"), (NARROW, "dark", "merged-narrow-dark")):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go(f"/conversations/{old}?pane=facts")
            await at.page.wait_for_selector(".merged", state="attached")
            await at.is_within()
            await at.shot(name)
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/conversations/{old}")
        await at.page.get_by_role("button", name="Take apart").click()
        await expect(at.page.get_by_role("region", name="Merged records")).to_have_count(0)
        await expect(at.page.locator(".ids")).not_to_contain_text("twice@work.example")
        assert at.complaints == []
