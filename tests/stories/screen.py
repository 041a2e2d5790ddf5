"""An agent's screen: Chromium with somebody signed in, which says when words come up on it."""

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import msgspec
from playwright.async_api import Page, Request, async_playwright

from tests.desk.screens import FLAGS
from tests.kills.process import AGENT, PASSWORD, Serve
from tests.servers.programs import program

WATCH = """words => {
  const see = () => document.body.innerText.includes(words)
    && (window.seenAt = performance.timeOrigin + performance.now(), true);
  window.seenAt = 0;
  if (see()) return;
  const observer = new MutationObserver(() => see() && observer.disconnect());
  observer.observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


class Screen:
    """A page of the desk; `requests`: every address it asked for, `dialogs`: what popped up."""

    def __init__(self, page: Page, node: Serve) -> None:
        self.page, self.node = page, node
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: self.dialogs.append(dialog.message))

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    async def sign_in(self) -> None:
        """By the desk's own door; then all that waits is on screen."""
        await self.page.goto(self.node.address)
        await self.page.fill("input[name=sign_in]", AGENT)
        await self.page.fill("input[name=password]", PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_selector(".qhead")
        await self.page.goto(f"{self.node.address}/?view=all")
        await self.page.wait_for_selector(".qhead")

    async def watch_for(self, words: str) -> None:
        """Note the moment when `words` come up."""
        await self.page.evaluate(WATCH, words)

    async def seen(self) -> float:
        """That moment, in seconds of the clock."""
        await self.page.wait_for_function("() => window.seenAt", timeout=20_000)
        return float(await self.page.evaluate("window.seenAt")) / 1000

    async def write(self, words: str) -> None:
        """Answer the open conversation, by keys alone."""
        await self.page.locator("body").press("r")
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Control+Enter")


@asynccontextmanager
async def screen(node: Serve) -> AsyncIterator[Screen]:
    """A screen with the desk open, for the length of the block."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        try:
            page = await chromium.new_page(viewport={"width": 1440, "height": 900})
            opened = Screen(page, node)
            await opened.sign_in()
            yield opened
        finally:
            await chromium.close()


def accepted_at(node: Serve) -> float:
    """When the door took its last mail, a moment before it said 250: seconds of the clock, from its log."""
    lines = [line for line in node.log.read_text().splitlines() if '"mail accepted"' in line]
    return datetime.fromisoformat(msgspec.json.decode(lines[-1])["timestamp"]).timestamp()


def median(delays: list[float]) -> float:
    """The middle one, printed with the others."""
    print(f"from 250 to the screen, in ms: {[round(1000 * delay) for delay in delays]}")
    return statistics.median(delays)
