"""Beside a sender stands whether its domain vouches for it, or says that it cannot."""

from playwright.async_api import expect

from doorstep.kernel import Address, AddressKind, Arrival, Signal, SystemClock, new_id
from tests.desk.conftest import Open
from tests.desk.screens import window
from tests.desk.test_screens import PHONE, WIDE
from tests.parts import until

LOOKED = {
    "pass": {"dmarc": "pass", "dkim": "pass d=new.example"},
    "sent": {"dmarc": "pass", "dkim": "pass d=letters.example", "spf": "pass d=new.example"},
    "fail": {"dmarc": "fail", "dkim": "none"},
    "none": {"dmarc": "none", "dkim": "none"},
}


async def write(desk: Open) -> None:
    """Mails of one sender: vouched for in two ways, forged perhaps, and looked at in vain."""
    house = desk.house.house
    async with house.db.connection() as on:
        inbox = await on.fetchrow("select id, channel from inbox order by id limit 1")
    for said, attested in LOOKED.items():
        signal = Signal(
            inbox_id=inbox["id"],
            channel=inbox["channel"],
            external_id=str(new_id()),
            sender=Address(AddressKind.MAILBOX, "ada@new.example", "Ada Alder"),
            happened_at=SystemClock().now(),
            subject="Where is my parcel?",
            text=f"This one says {said}.",
            message_id=f"<{said}@new.example>",
            references=() if said == "pass" else ("<pass@new.example>",),
            attested=attested,
        )
        await house.edge.accept([Arrival(signal, b"")])


async def where(desk: Open, said: str) -> str:
    """The conversation that it is filed in, once it is."""
    async with desk.house.house.db.connection() as on:
        found: list[str] = []

        async def is_there() -> bool:
            filed = await on.fetchval(
                "select conversation_id::text from interaction where text = $1", f"This one says {said}."
            )
            found.extend([filed] if filed else [])
            return bool(found)

        await until(is_there)
    return found[0]


async def test_a_sender_that_may_be_forged_is_told_from_one_that_is_verified(desk: Open) -> None:
    await write(desk)
    hers, forged = await where(desk, "pass"), await where(desk, "fail")
    assert hers != forged, "what may be forged stands in nobody's story"
    for size, theme, name in (
        (WIDE, "light", "vouched-light"),
        (WIDE, "dark", "vouched-dark"),
        (PHONE, "light", "vouched-phone"),
    ):
        async with window(desk.browser, desk.address, desk.cookie, size, theme) as at:
            await at.go(f"/conversations/{hers}")
            for said, mark in (
                ("pass", "verified by new.example"),
                ("sent", "verified by new.example"),
                ("none", "not verified"),
            ):
                entry = at.page.locator(".ev", has_text=f"This one says {said}.")
                await expect(entry.locator(".who")).to_contain_text(mark)
            await expect(at.page.locator(".ev", has_text="This one says fail.")).to_have_count(0)
            await at.is_within()
            await at.shot(name)
            await at.go(f"/conversations/{forged}")
            await expect(at.page.locator(".ev .who")).to_contain_text("may be forged")
            await at.is_within()
            await at.shot(name.replace("vouched", "forged"))
            assert at.complaints == []
