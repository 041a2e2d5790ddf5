"""A desk with something on it: the sample company, letters that wait, and a browser to look with."""

import asyncio
import random
import smtplib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Cookie, Page, async_playwright

from doorstep.demo.letters import Written, about
from doorstep.demo.load import load
from doorstep.demo.words import mails
from tests.stories.conftest import PASSWORD, Served

SHOTS = Path(__file__).parents[2] / ".screens"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--font-render-hinting=none",
]
LETTERS = 14
MINE = 10
DUE = ("-12 min", "40 s", "15 min", "19 min", "28 min", "41 min", "100 min", "130 min", "185 min", "330 min")
"""When the promises of my rows break, from now."""

READ = "() => document.querySelector('.qhead, .vhead') && !document.querySelector('.skel')"
"""True when nothing is on its way any more."""

CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || e.closest('svg, .sr, .skip, .chans, [role=menu]')) return false;
  return box.right > innerWidth + 1 && box.left < innerWidth;
}).map(e => `${e.tagName} ${e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
"""Elements that stand out of the window to the right."""


class Letter(msgspec.Struct, frozen=True):
    """A mail of one of the company's customers about an order."""

    sender: str
    name: str
    subject: str
    text: str
    order_no: str


class Desk:
    """A browser's window on a house, signed in; it remembers what the console complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # That somebody was quicker is an answer like others, which the desk deals with; the browser notes it.
        if message.type in ("error", "warning") and "409 (Conflict)" not in message.text:
            self.complaints.append(message.text)

    async def go(self, path: str) -> None:
        """Open an address of the desk and wait until what it shows has been read."""
        await self.page.goto(self.address + path)
        await self.page.wait_for_selector("[data-pane-name=bar]")
        await self.page.wait_for_function(READ)

    async def is_within(self) -> None:
        """Nothing stands out of the window, and the page cannot be moved sideways."""
        assert await self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert await self.page.evaluate(CUT) == []

    async def shot(self, name: str) -> None:
        """Keep a picture of it."""
        SHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SHOTS / f"{name}.png")


def letters(company: Any) -> Iterator[Letter]:
    """What customers write today, each about an order of theirs."""
    dice, used = random.Random(7), set[str]()
    for mail in dice.sample(list(mails()), len(mails())):
        if sold := about(dice, mail, company.sold, used):
            words = Written(sold)
            yield Letter(
                sold.person.mailbox,
                sold.person.name,
                mail.subject.format_map(words),
                mail.text.format_map(words),
                sold.no,
            )


async def post(house: Served, letter: Letter, to: str, html: str = "") -> None:
    """Hand a letter in at the mail door, which is in this process too."""
    message = EmailMessage()
    message["From"], message["To"] = f'"{letter.name}" <{letter.sender}>', to
    message["Subject"] = letter.subject
    message.set_content(letter.text)
    if html:
        message.add_alternative(html, subtype="html")

    def hand_in() -> None:
        with smtplib.SMTP(*house.door) as smtp:
            smtp.send_message(message)

    await asyncio.to_thread(hand_in)


async def fill(house: Served) -> list[Letter]:
    """The company in small, and letters that wait. Returns the letters."""
    company = await load(house.house.db, next(iter(house.house.doors)), lambda *_: None, scale=0.02)
    written = [letter for letter, _ in zip(letters(company), range(LETTERS), strict=False)]
    async with house.house.db.connection() as on:
        to = await on.fetchval("select address from inbox order by id limit 1")
    for letter in written:
        await post(house, letter, to, f"<p>{letter.text}</p>")
    await _settle(house)
    return written


async def _settle(house: Served) -> None:
    async with asyncio.timeout(20), house.house.db.connection() as on:
        while await on.fetchval("select count(*) from conversation where state = 'open'") < LETTERS:
            await asyncio.sleep(0.05)


async def promise(house: Served) -> None:
    """Give most of the letters to the first agent; each promise breaks at a time of its own from now."""
    async with house.house.db.transaction() as tx:
        agent = await tx.fetchval("select id from agent order by id limit 1")
        ids = await tx.fetch("select id from conversation where state = 'open' order by id limit $1", MINE)
        for row, due in zip(ids, DUE, strict=True):
            await tx.execute(
                "update conversation set agent_id = $2, due_at = now() + $3::text::interval where id = $1",
                row["id"], agent, due,
            )  # fmt: skip


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            await chromium.close()


async def signed_in(opened: Browser, address: str, sign_in: str) -> Cookie:
    """Sign in; the cookie, to be given to windows. The page where one does it has tests of its own."""
    context = await opened.new_context()
    answer = await context.request.post(
        f"{address}/api/session", data={"sign_in": sign_in, "password": PASSWORD}
    )
    assert answer.status == 201, await answer.text()
    [cookie] = await context.cookies()
    await context.close()
    return cookie


@asynccontextmanager
async def window(
    opened: Browser,
    address: str,
    cookie: Cookie,
    size: tuple[int, int],
    theme: str = "light",
    zone: str = "Europe/Athens",
) -> AsyncIterator[Desk]:
    """A window of a size, signed in."""
    context: BrowserContext = await opened.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        timezone_id=zone,
    )
    await context.add_cookies([cookie])  # type: ignore[list-item]
    try:
        yield Desk(await context.new_page(), address)
    finally:
        await context.close()
