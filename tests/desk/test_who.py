"""Who it is, on the desk: possible matches with weights, a question nobody can answer, and what is erased."""

from playwright.async_api import expect

from doorstep.commerce import take
from doorstep.customers import suggest
from doorstep.kernel import Address, AddressKind, Arrival, Signal, new_id
from tests.desk.conftest import Open
from tests.desk.screens import window
from tests.desk.test_screens import PHONE, WIDE
from tests.parts import until

DOOR = {"street": "Mill Street", "house_no": "5", "postcode": "10115", "city": "Berlin"}
OURS = "meier@carta.example"


async def told(desk: Open, *rows: dict[str, object]) -> list[str]:
    """What a shop says of these; the ids of the customers."""
    async with desk.house.house.db.transaction() as tx:
        outcomes = await take(tx, "customers", "who", rows)
        assert not outcomes.refused
        found = await tx.fetch(
            "select customer_id from shop_customer where source = 'who' order by external_id"
        )
        await suggest(tx, [row["customer_id"] for row in found])
    return [str(row["customer_id"]) for row in found]


async def test_who_it_may_also_be_is_asked_with_reasons_and_answered_both_ways(desk: Open) -> None:
    one, other, third = await told(
        desk,
        {"external_id": "1", "name": "Hans Meier", **DOOR},
        {"external_id": "2", "name": "Hans Meier", **DOOR},
        {"external_id": "3", "name": "Hans Meier", **DOOR},
    )
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/customers/{one}")
        asked = at.page.get_by_role("region", name="Possible matches")
        await expect(asked.get_by_text("May also be")).to_have_count(2)
        await expect(asked.get_by_text("exactly the same name").first).to_be_visible()
        await at.shot("matches-light")
        await asked.get_by_role("button", name="Not the same").first.click()
        await expect(asked.get_by_text("May also be")).to_have_count(1)
        await asked.get_by_role("button", name="Same person").click()
        merged = at.page.get_by_role("region", name="Merged records")
        await expect(merged).to_contain_text("merged by Maren")
        await expect(merged).to_contain_text("exactly the same name")
        await expect(asked).to_have_count(0)
        await at.shot("matches-merged-light")
        await at.is_within()
        assert at.complaints == []
    async with desk.house.house.db.connection() as on:
        links = await on.fetch(
            "select one_id::text, other_id::text from customer_link where ended_at is null"
        )
    assert [{row["one_id"], row["other_id"]} <= {one, other, third} for row in links] == [True]


async def test_what_nobody_can_tell_is_asked_in_the_story(desk: Open) -> None:
    anna, _ = await told(
        desk,
        {"external_id": "a", "name": "Anna Meier", "mailbox": OURS},
        {"external_id": "p", "name": "Peter Meier", "mailbox": OURS},
    )
    async with desk.house.house.db.connection() as on:
        inbox = await on.fetchrow("select id, channel, now() as at from inbox order by id limit 1")
        signal = Signal(
            inbox_id=inbox["id"],
            channel=inbox["channel"],
            external_id=str(new_id()),
            sender=Address(AddressKind.MAILBOX, OURS),
            happened_at=inbox["at"],
            subject="A lid",
            text="Is there another lid?",
        )
        await desk.house.house.edge.accept([Arrival(signal, b"")])
        found = "select id::text from conversation where matter = 'A lid'"

        async def is_there() -> bool:
            return await on.fetchval(found) is not None

        await until(is_there)
        conversation_id = await on.fetchval(found)
    for size, theme, name in ((WIDE, "light", "light"), (WIDE, "dark", "dark"), (PHONE, "light", "phone")):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go(f"/conversations/{conversation_id}")
            await expect(at.page.get_by_text("Whose is it?")).to_be_visible()
            await at.is_within()
            await at.shot(f"whose-{name}")
            assert at.complaints == []
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/conversations/{conversation_id}")
        await at.page.get_by_role("button", name="Say who it is").click()
        await at.page.get_by_role("searchbox", name="Whom with").fill("Anna Meier")
        await at.page.get_by_role("button", name="Anna Meier").click()
        await at.page.get_by_role("button", name="Merge", exact=True).click()
        await expect(at.page.get_by_role("region", name="Merged records")).to_be_visible()
        await expect(at.page.get_by_text("Whose is it?")).to_have_count(0)
        assert at.complaints == []
    async with desk.house.house.db.connection() as on:
        assert str(await on.fetchval("select one_id from customer_link where ended_at is null")) == anna or (
            str(await on.fetchval("select other_id from customer_link where ended_at is null")) == anna
        )


async def test_an_erased_line_says_so(desk: Open) -> None:
    async with desk.house.house.db.connection() as on:
        row = await on.fetchrow("select id, conversation_id from interaction order by id limit 1")
        await on.execute(
            "update interaction set text = '', said = '', html = '', erased_at = now() where id = $1",
            row["id"],
        )
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go(f"/conversations/{row['conversation_id']}")
        await expect(at.page.get_by_text("Erased.", exact=True)).to_be_visible()
        assert at.complaints == []
