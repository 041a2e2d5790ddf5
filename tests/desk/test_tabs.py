"""An agent works in many tabs: all of them live on one line, and sign out together."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from playwright.async_api import expect

from doorstep.desk.stream import UNSEEN
from tests.desk.conftest import MAREN, Open
from tests.desk.screens import Desk, post, window
from tests.desk.test_screens import WIDE
from tests.stories.conftest import PASSWORD

TABS = 8
COLLECT = """() => {
  window.heard = [];
  new BroadcastChannel("doorstep.live.1").onmessage =
    ({data}) => data.say === "change" && heard.push(data.id);
}"""


class Tabs(msgspec.Struct, frozen=True):
    """Windows of one browser; `lines`: which of them opened a line to the server, and how."""

    desk: Open
    all: list[Desk]
    lines: list[tuple[Desk, str]]

    async def add(self, tab: Desk) -> None:
        """One more, at its work."""
        tab.page.on("request", lambda ask: "/stream" in ask.url and self.lines.append((tab, ask.url)))
        self.all.append(tab)
        await tab.go("/?view=all")

    async def write(self, name: str) -> None:
        """A letter of somebody new."""
        sender = f"{name.partition(' ')[0].lower()}@new.example"
        letter = msgspec.structs.replace(self.desk.letters[0], sender=sender, name=name)
        await post(self.desk.house, letter, "support@marlowfinch.example")

    async def all_show(self, name: str) -> None:
        """Every one of them has it in its queue."""
        for tab in self.all:
            await expect(tab.page.locator(".qrow", has_text=name)).to_have_count(1)

    async def close(self, tab: Desk) -> None:
        """Close one of them."""
        self.all.remove(tab)
        await tab.page.close()


@asynccontextmanager
async def tabs(desk: Open, many: int) -> AsyncIterator[Tabs]:
    """So many windows of one browser, signed in."""
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as first:
        opened = Tabs(desk, [], [])
        await opened.add(first)
        for _ in range(many - 1):
            await opened.add(Desk(await first.page.context.new_page(), desk.address))
        yield opened


async def told(desk: Open) -> list[int]:
    """The numbers of all events that screens may see."""
    async with desk.house.house.db.connection() as on:
        rows = await on.fetch("select seq, kind from event order by seq")
    return [row["seq"] for row in rows if not row["kind"].startswith(UNSEEN)]


async def test_eight_tabs_live_on_one_line_which_outlives_its_tab(desk: Open) -> None:
    async with tabs(desk, TABS) as at:
        await at.write("Nils Neumann")
        await at.all_show("Nils Neumann")
        [(leading, _)] = at.lines
        last = at.all[-1]
        await last.page.evaluate(COLLECT)
        before = (await told(desk))[-1]
        await asyncio.gather(at.close(leading), at.write("Olga Orlow"))
        await at.all_show("Olga Orlow")
        await at.write("Paul Poe")
        await at.all_show("Paul Poe")
        [(_, url)] = at.lines[1:]
        assert re.search(r"\?last_event_id=\d+$", url)
        heard = await last.page.evaluate("heard")
        assert sorted(set(heard)) == [seq for seq in await told(desk) if before < seq <= heard[-1]]
        assert [tab.complaints for tab in at.all] == [[]] * (TABS - 1)


async def test_one_line_lost_is_said_in_every_tab_and_comes_back(desk: Open) -> None:
    async with tabs(desk, 3) as at:
        await at.all[0].page.context.set_offline(True)
        for tab in at.all:
            await expect(tab.page.get_by_text("You are offline.")).to_be_visible()
        await at.write("Nils Neumann")
        await at.all[0].page.context.set_offline(False)
        await at.all_show("Nils Neumann")
        for tab in at.all:
            await expect(tab.page.get_by_role("status").get_by_text("offline")).to_have_count(0)


async def test_who_signs_out_in_one_tab_is_out_in_all_and_in_again(desk: Open) -> None:
    async with tabs(desk, 3) as at:
        page = at.all[1].page
        await page.get_by_role("button", name=re.compile("Maren")).click()
        await page.get_by_role("menuitem", name="Sign out").click()
        for tab in at.all:
            await tab.page.wait_for_selector("input[name=sign_in]")
        assert await page.evaluate("navigator.locks.query().then(({held}) => held.length)") == 0
        await page.fill("input[name=sign_in]", MAREN)
        await page.fill("input[name=password]", PASSWORD)
        await page.keyboard.press("Enter")
        for tab in at.all:
            await tab.page.wait_for_selector(".qhead")
        await at.write("Nils Neumann")
        await page.goto(f"{desk.address}/?view=all")
        await expect(page.locator(".qrow", has_text="Nils Neumann")).to_have_count(1)
        assert [tab.complaints for tab in at.all] == [[]] * 3


async def test_the_door_has_nothing_to_complain_of(desk: Open) -> None:
    at = Desk(await desk.browser.new_page(), desk.address)
    await at.page.goto(desk.address)
    await at.page.wait_for_selector("input[name=sign_in]")
    await at.shot("door-light")
    assert at.complaints == []
    await at.page.close()
