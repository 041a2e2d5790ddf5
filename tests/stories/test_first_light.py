"""First light: a customer's mail is on the agent's screen at once, beside her order, and is answered."""

from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import asyncpg
import httpx
import pytest
from playwright.async_api import Page, expect

from tests.commerce.shop import ROWS
from tests.kills.process import INBOX, Serve, serving, signed_in
from tests.servers.postfix import Postfix, postfix
from tests.servers.sink import Sink, sink
from tests.stories.screen import Screen, accepted_at, median, screen
from tests.stories.swaks import swaks, written

IOANNA = "ioanna.p@fastmail.example"
NAMED = f"Ioanna Papadaki <{IOANNA}>"
ASKED = "<first@fastmail.example>"
MAILS = 5
UNDO = 10_000
"""Milliseconds."""


def plain(settings: Postfix | Sink) -> dict[str, object]:
    """An inbox whose replies leave by that server."""
    return {"host": settings.host, "port": settings.port, "security": "none"}


@pytest.fixture
async def mx(tmp_path: Path) -> AsyncIterator[Postfix]:
    async with postfix(tmp_path) as server:
        yield server


@pytest.fixture
async def outside() -> AsyncIterator[Sink]:
    async with sink() as server:
        yield server


async def sell(client: httpx.AsyncClient) -> None:
    """What Ioanna has bought, as her shop tells it."""
    for kind, rows in ROWS.items():
        answer = await client.post(f"/api/commerce/{kind}", json={"source": "shop", "rows": rows})
        assert answer.json()["refused"] == [], answer.text


async def ask(node: Serve, folder: Path, subject: str, text: str, **headers: str) -> None:
    """Ioanna writes."""
    headers.setdefault("Message_ID", ASKED)
    await swaks(node.door, IOANNA, INBOX, written(NAMED, INBOX, subject, text, **headers), folder)


async def open_first(page: Page) -> None:
    """The first of the queue, by keys."""
    await page.locator(".qrow").first.wait_for()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".whohead")


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


async def test_one_mail_answered_beside_its_order(database_url: str, tmp_path: Path, mx: Postfix) -> None:
    async with serving(tmp_path, inbox=plain(mx), database_url=database_url) as node:
        async with signed_in(node) as client:
            await sell(client)
        async with screen(node) as at:
            await ask(node, tmp_path, "Where is order 48213?", "It was promised for the 12th.")
            await open_first(at.page)
            await expect(at.page.locator(".ev", has_text="It was promised for the 12th.")).to_be_visible()
            await expect(at.page.get_by_text("48213").last).to_be_visible()
            await expect(at.page.locator(".fx", has_text="Claro filter, 6 pack").first).to_be_visible()
            here = at.page.url
            reply = await answer_arrives(at, mx)
            await her_answer_is_in_the_same_conversation(at, node, tmp_path, reply)
            assert at.page.url == here
        assert await conversations(database_url) == [3]


def said_in(mail: EmailMessage) -> str:
    """What stands above the message it answers."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).strip().splitlines()[0]


async def answer_arrives(at: Screen, mx: Postfix) -> EmailMessage:
    """The agent answers by keys; ten seconds later a real server has it, threaded."""
    await at.write("It left Hamburg today.")
    said = at.page.locator(".ev.us", has_text="It left Hamburg today.")
    await expect(said).to_contain_text("goes out in")
    await at.page.wait_for_timeout(UNDO - 1500)
    assert mx.delivered() == []
    [raw] = await mx.mails(1)
    reply = parsed(raw)
    assert said_in(reply) == "It left Hamburg today."
    assert (reply["In-Reply-To"], reply["References"], reply["Subject"]) == (
        ASKED,
        ASKED,
        "Re: Where is order 48213?",
    )
    assert IOANNA in reply["To"]
    assert INBOX in reply["From"]
    await expect(said.get_by_text("sent", exact=True)).to_be_visible()
    return reply


async def her_answer_is_in_the_same_conversation(
    at: Screen, node: Serve, folder: Path, reply: EmailMessage
) -> None:
    to = str(reply["Reply-To"].addresses[0].addr_spec)
    assert to.startswith("care+")
    assert to.endswith("@shop.example")
    thanks = written(NAMED, to, "Thanks", "I am home.", Message_ID="<second@fastmail.example>")
    await swaks(node.door, IOANNA, to, thanks, folder)
    await expect(at.page.locator(".ev", has_text="I am home.")).to_be_visible()
    await expect(at.page.locator(".ev", has_text="It left Hamburg today.")).to_be_visible()


async def conversations(url: str) -> list[int]:
    """How many mails each conversation has."""
    on = await asyncpg.connect(url)
    try:
        return [row[0] for row in await on.fetch("select interactions from conversation order by id")]
    finally:
        await on.close()


async def test_a_mail_is_on_the_screen_within_a_second(
    database_url: str, tmp_path: Path, outside: Sink
) -> None:
    async with serving(tmp_path, inbox=plain(outside), database_url=database_url) as node, screen(node) as at:
        new, more = [], []
        for number in range(MAILS):
            subject = f"Matter {number} of somebody"
            await at.watch_for(subject)
            mail = written(f"Person {number} <person{number}@mail.example>", INBOX, subject, "Hello.")
            await swaks(node.door, f"person{number}@mail.example", INBOX, mail, tmp_path)
            new.append(await at.seen() - accepted_at(node))
        await ask(node, tmp_path, "Where is it?", "First words.")
        await at.page.locator(".qrow", has_text="Where is it?").click()
        await at.page.locator(".ev", has_text="First words.").wait_for()
        for number in range(MAILS):
            await at.watch_for(f"Word number {number}.")
            await ask(
                node, tmp_path, "Re: Where is it?", f"Word number {number}.",
                Message_ID=f"<more{number}@fastmail.example>", References=ASKED,
            )  # fmt: skip
            more.append(await at.seen() - accepted_at(node))
        assert (median(new) < 1.0, median(more) < 1.0) == (True, True)


async def test_what_is_taken_back_never_leaves(database_url: str, tmp_path: Path, outside: Sink) -> None:
    async with serving(tmp_path, inbox=plain(outside), database_url=database_url) as node, screen(node) as at:
        await ask(node, tmp_path, "Where is it?", "My parcel.")
        await open_first(at.page)
        await at.write("Wrong words.")
        await expect(at.page.locator(".ev.us", has_text="goes out in")).to_be_visible()
        await at.page.keyboard.press("Escape")
        await at.page.get_by_role("button", name="Undo").wait_for()
        await at.page.keyboard.press("z")
        await expect(at.page.locator(".write.rich")).to_have_text("Wrong words.")
        await at.page.fill(".write.rich", "Right words.")
        await at.page.keyboard.press("Control+Enter")
        await expect(at.page.locator(".ev.us").get_by_text("sent", exact=True)).to_be_visible(timeout=20_000)
        assert [said_in(mail) for mail in outside.mails] == ["Right words."]


async def test_what_is_refused_comes_back_with_the_reason(
    database_url: str, tmp_path: Path, outside: Sink
) -> None:
    outside.answer = "550 5.1.1 Nobody of that name lives here"
    async with serving(tmp_path, inbox=plain(outside), database_url=database_url) as node, screen(node) as at:
        await ask(node, tmp_path, "Where is it?", "My parcel.")
        await open_first(at.page)
        await at.write("On its way.")
        await expect(at.page.locator(".ev.us", has_text="goes out in")).to_be_visible()
        await at.page.keyboard.press("Escape")
        await at.page.keyboard.press("e")
        await expect(at.page.locator(".qrow")).to_have_count(0)
        back = at.page.locator(".qrow", has_text="Ioanna")
        await expect(back).to_contain_text("promise:", timeout=20_000)
        await back.click()
        said = at.page.locator(".ev.us", has_text="On its way.")
        await expect(said).to_contain_text("Not delivered")
        await expect(said).to_contain_text("Nobody of that name lives here")
        outside.answer = ""
        await said.get_by_role("button", name="Try again").click()
        await expect(said.get_by_text("sent", exact=True)).to_be_visible(timeout=20_000)
        assert [said_in(mail) for mail in outside.mails] == ["On its way."]
