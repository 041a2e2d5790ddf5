"""What looks unwanted waits on a page of its own; what stands in a story can be sent there, and come back."""

import msgspec
from playwright.async_api import expect

from doorstep.kernel import Address, AddressKind, Arrival, Signal, new_id
from tests.desk.conftest import Open
from tests.desk.screens import post, window
from tests.desk.test_screens import PHONE, WIDE

PICTURE = "https://pictures.example/pixel.png"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


async def suspicious(desk: Open, n: int) -> None:
    house = desk.house.house
    async with house.db.connection() as on:
        inbox = await on.fetchrow("select id, channel from inbox order by id limit 1")
        now = await on.fetchval("select now()")
    signals = [
        Signal(
            inbox_id=inbox["id"],
            channel=inbox["channel"],
            external_id=str(new_id()),
            sender=Address(AddressKind.MAILBOX, f"prize{one}@lucky-{one}.example", "Prize Department"),
            happened_at=now,
            subject="You are our lucky winner of this week",
            text="Dear friend, you have won one million. Send us your bank account at once to claim it.",
            suspicion="Its server is on a list of those that send spam, and its links hide where they lead.",
        )
        for one in range(n)
    ]
    await house.edge.accept([Arrival(signal, b"") for signal in signals])


async def test_quarantine_looks_right_and_lets_out(desk: Open) -> None:
    await suspicious(desk, 3)
    for size, theme, name in ((WIDE, "dark", "quarantine-dark"), (PHONE, "light", "quarantine-phone")):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go("/quarantine")
            await expect(at.page.get_by_text("Prize Department")).to_have_count(3)
            await at.is_within()
            await at.shot(name)
            assert at.complaints == []
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/quarantine")
        rows = at.page.locator(".heldlist > li")
        await expect(rows).to_have_count(3)
        await at.shot("quarantine-light")
        await rows.first.get_by_role("button", name="Spam", exact=True).click()
        await expect(rows).to_have_count(2)
        await at.page.get_by_role("button", name="Undo").click()
        await expect(rows).to_have_count(3)
        await rows.last.get_by_role("button", name="Not spam").click()
        await expect(rows).to_have_count(2)
        await at.go("/?view=all")
        await expect(at.page.locator(".qrow", has_text="Prize Department")).to_have_count(1)
        await at.page.locator(".qrow", has_text="Prize Department").click()
        said = at.page.locator(".ev", has_text="Dear friend")
        await said.get_by_role("button", name="More").click()
        await at.page.get_by_role("menuitem", name="Spam").click()
        await expect(said).to_have_count(0)
        await at.page.get_by_role("button", name="Undo").click()
        await expect(said).to_have_count(1)
        assert at.complaints == []


async def test_pictures_are_loaded_when_asked_for_and_always_from_a_sender(desk: Open) -> None:
    letter = msgspec.structs.replace(desk.letters[0], subject="How it arrived, in a picture", text="Look")
    html = f'<p>Look</p><img src="{PICTURE}" alt="pixel">'
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        asked: list[dict[str, str]] = []

        async def give(route: object, request: object) -> None:
            asked.append(await request.all_headers())  # type: ignore[attr-defined]
            await route.fulfill(body=PNG, content_type="image/png")  # type: ignore[attr-defined]

        await at.page.route("https://pictures.example/**", give)
        await at.go("/?view=all")
        await post(desk.house, letter, "support@marlowfinch.example", html)
        await at.page.locator(".qrow", has_text=letter.subject).click()
        last = at.page.locator(".ev", has=at.page.get_by_role("button", name="Show as sent")).last
        await last.get_by_role("button", name="Show as sent").click()
        await last_page(at.page.locator(".ev", has=at.page.locator("iframe.assent")), "Show pictures")
        assert asked == []
        await at.shot("pictures-light")
        await at.page.get_by_role("button", name="Show pictures").click()
        await expect(at.page.get_by_text("Pictures are loaded from elsewhere.")).to_be_visible()
        assert len(asked) == 1
        assert "referer" not in asked[0]
        await at.page.get_by_role("button", name="Always from this sender").click()
        await expect(at.page.get_by_role("button", name="No longer from this sender")).to_be_visible()
        await at.page.get_by_role("button", name="No longer from this sender").click()
        await expect(at.page.get_by_role("button", name="Show pictures")).to_be_visible()
        assert at.complaints == []


async def last_page(entry: object, name: str) -> None:
    await expect(entry.get_by_role("button", name=name)).to_be_visible()  # type: ignore[attr-defined]
