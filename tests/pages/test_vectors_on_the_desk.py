"""The same, sent as mails and shown as the desk shows them: its route, its policy, its sandboxed frame."""

import asyncio
import re
import smtplib
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from tests.pages.vectors import acted, chromium, trap, vectors
from tests.stories.conftest import Served, house, settings

__all__ = ["house", "settings"]

INBOX = "support@shop.example"
FRAME = Path(__file__).parents[2] / "web" / "src" / "story" / "AsSent.tsx"


def sandbox() -> str:
    """What the desk's own frame allows."""
    found = re.search(r'sandbox="([^"]*)"', FRAME.read_text("utf-8"))
    assert found
    assert "allow-scripts" not in found[1]
    return found[1]


def send(door: tuple[str, int], htmls: list[str]) -> None:
    with smtplib.SMTP(*door) as smtp:
        for number, html in enumerate(htmls):
            message = EmailMessage()
            message["From"], message["To"] = f"p{number}@mail.example", INBOX
            message["Subject"], message["Message-ID"] = f"{number}", f"<{number}@mail.example>"
            message.set_content(f"<p>Vector {number}.</p>{html}", subtype="html")
            smtp.send_message(message)


async def shown(house: Served, count: int) -> list[UUID]:
    """The interactions, in the order they were sent."""
    async with asyncio.timeout(120), house.house.db.connection() as on:
        while await on.fetchval("select count(*) from interaction") < count:
            await asyncio.sleep(0.05)
        rows = await on.fetch("select id from interaction order by subject::int")
    return [row["id"] for row in rows]


async def test_nothing_a_mail_brings_runs_or_leaves(house: Served) -> None:
    await house.add_inbox(INBOX)
    with trap() as caught:
        htmls = vectors(caught.host)
        await asyncio.to_thread(send, house.door, htmls)
        ids = await shown(house, len(htmls))
        async with house.signed_in("maren@shop.example") as client, chromium() as browser:
            context = await browser.new_context(base_url=house.address)
            for cookie in client.cookies.jar:
                await context.add_cookies(
                    [{"name": cookie.name, "value": str(cookie.value), "url": house.address}]
                )
            frames = [{"src": f"/api/interactions/{id}/page", "sandbox": sandbox()} for id in ids]
            found = await acted(await context.new_page(), house.address, frames)
    said = "\n".join(found.words)
    assert [n for n in range(len(ids)) if f"Vector {n}." not in said] == []
    assert (found.ran, found.dialogs, caught.asked) == (set(), [], set())
    assert [url for url in found.asked if not url.startswith((house.address, "data:image/"))] == []
