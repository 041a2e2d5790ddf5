"""An administrator sets the house up: inboxes are added, changed and connected, people come and go."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from doorstep.people import Role
from doorstep.settings import Settings
from doorstep.store.migrate import migrate
from tests.desk.conftest import MAREN, Open
from tests.desk.screens import Desk, signed_in, window
from tests.desk.test_screens import NARROW, PHONE, WIDE
from tests.servers.identity import Identity, identity
from tests.stories.conftest import PASSWORD, free_port, served

ADA = "ada@shop.example"
SUPPORT = "support@marlowfinch.example"


@asynccontextmanager
async def settings(
    desk: Open, size: tuple[int, int] = WIDE, theme: str = "light", path: str = "/settings"
) -> AsyncIterator[Desk]:
    """A window on the settings, with an administrator signed in."""
    async with desk.house.house.db.connection() as on:
        known = await on.fetchval("select exists (select from agent where sign_in = $1)", ADA)
    if not known:
        await desk.house.add_agent(ADA, Role.ADMINISTRATOR)
    cookie = await signed_in(desk.browser, desk.address, ADA)
    async with window(desk.browser, desk.address, cookie, size, theme) as at:
        await at.go(path)
        yield at


@pytest.fixture
def provider() -> Iterator[Identity]:
    with identity() as started:
        yield started


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=True)


async def opened(page: Page, address: str) -> None:
    """Choose an inbox beside the form."""
    await page.locator(".snav").get_by_role("link", name=address).click()
    await expect(page.get_by_role("heading", level=1, name=address)).to_be_visible()


async def kept(desk: Open, address: str) -> dict[str, object]:
    """An inbox as it lies in the database."""
    async with desk.house.house.db.connection() as on:
        row = await on.fetchrow(
            "select inbox.name, queue.name as queue, extract(epoch from reply_within)::int as within, "
            "settings->>'port' as port, settings->>'password' as password, settings->>'host' as host "
            "from inbox join queue on queue.id = queue_id where address = $1",
            address,
        )
    return dict(row)


async def test_an_inbox_is_changed_and_what_is_wrong_is_said_beside_it(desk: Open) -> None:
    async with settings(desk, path="/") as at:
        page = at.page
        await page.get_by_role("navigation", name="Views").get_by_role("link", name="Settings").click()
        await expect(page.get_by_role("heading", level=1, name="Inboxes")).to_be_visible()
        await opened(page, SUPPORT)
        await field(page, "Called").fill("Help")
        await field(page, "Goes to").fill("Back office")
        await field(page, "Promise").select_option(label="1 hour")
        await field(page, "Port").fill("99999")
        await expect(page.get_by_text("4 changes, not saved")).to_be_visible()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Port: a whole number from 0 up to 65535.")).to_be_visible()
        await expect(field(page, "Port")).to_be_focused()
        await at.shot("settings-inbox-fault-light")
        at.complaints.clear()  # the browser itself complains of an answer 400
        await field(page, "Port").fill("465")
        await expect(page.get_by_text("Port: a whole number")).to_have_count(0)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()
        found = await kept(desk, SUPPORT)
        assert (found["name"], found["queue"], found["within"], found["port"]) == (
            "Help",
            "Back office",
            3600,
            "465",
        )
        await at.go(page.url.removeprefix(desk.address))
        await expect(field(page, "Port")).to_have_value("465")
        assert at.complaints == []


async def test_an_inbox_names_the_servers_that_hand_mail_on_to_it(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await opened(page, SUPPORT)
        await field(page, "Our relays").fill("mx.shop.example")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Our relays: this is not in the form that is wanted.")).to_be_visible()
        at.complaints.clear()  # the browser itself complains of an answer 400
        await field(page, "Our relays").fill("127.0.0.1 2001:db8::/32")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()
        await at.go(page.url.removeprefix(desk.address))
        await expect(field(page, "Our relays")).to_have_value("127.0.0.1 2001:db8::/32")
        assert at.complaints == []


async def test_a_secret_goes_in_and_is_never_shown(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await opened(page, SUPPORT)
        row = page.locator(".fld", has=page.locator(".lab", has_text=re.compile("^Password$")))
        await expect(row).to_contain_text("Not set")
        await row.get_by_role("button", name="Set").press("Enter")
        await expect(row.locator("input")).to_be_focused()
        await page.keyboard.type("geheim 1")
        await page.get_by_role("button", name="Save").click()
        await expect(row.get_by_role("button", name="Replace")).to_be_visible()
        await expect(row).not_to_contain_text("Not set")
        assert (await kept(desk, SUPPORT))["password"] == "geheim 1"
        assert "geheim" not in await page.content()
        await row.get_by_role("button", name="Replace").click()
        await row.get_by_role("button", name="Keep the old").click()
        await expect(page.get_by_text("not saved")).to_have_count(0)
        await field(page, "Outgoing server").fill("smtp.mailhaus.example")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()
        found = await kept(desk, SUPPORT)
        assert (found["password"], found["host"]) == ("geheim 1", "smtp.mailhaus.example")
        assert at.complaints == []


async def test_changes_are_not_left_behind_unasked(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await opened(page, SUPPORT)
        await field(page, "Called").fill("Help")
        await page.locator(".snav").get_by_role("link", name="People and roles").click()
        asked = page.get_by_role("alert")
        await expect(asked).to_contain_text("1 change not saved.")
        await expect(asked.get_by_role("button", name="Save and leave")).to_be_focused()
        await at.shot("settings-unsaved-light")
        await asked.get_by_role("button", name="Stay").click()
        await expect(field(page, "Called")).to_have_value("Help")
        await page.locator(".snav").get_by_role("link", name="People and roles").click()
        await asked.get_by_role("button", name="Save and leave").click()
        await expect(page.get_by_role("heading", level=1, name="People and roles")).to_be_visible()
        assert (await kept(desk, SUPPORT))["name"] == "Help"
        await opened(page, SUPPORT)
        await field(page, "Called").fill("Nobody")
        await page.get_by_role("link", name="All inboxes").click()
        await asked.get_by_role("button", name="Leave without them").click()
        await expect(page.get_by_role("heading", level=1, name="Inboxes")).to_be_visible()
        assert (await kept(desk, SUPPORT))["name"] == "Help"
        assert at.complaints == []


async def test_an_inbox_is_added_by_what_its_channel_asks_for(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await page.get_by_role("link", name="Add an inbox").first.click()
        await field(page, "Address").fill("nobody")
        await field(page, "Called").fill("Returns")
        await page.get_by_role("button", name="Add it").click()
        await expect(field(page, "Address")).to_be_focused()
        await expect(page.locator("#address-fault")).not_to_be_empty()
        at.complaints.clear()  # the browser itself complains of an answer 400
        await field(page, "Address").fill("returns@marlowfinch.example")
        await expect(field(page, "Mailbox port")).to_have_count(0)
        await field(page, "Mailbox server").fill("127.0.0.1")
        await field(page, "Mailbox port").fill(str(free_port()))
        await page.get_by_role("button", name="Add it").click()
        await expect(page.get_by_role("heading", level=1, name="returns@marlowfinch.example")).to_be_visible()
        step = page.get_by_role("complementary", name="How it goes").locator(".steps li").first
        await expect(step).to_contain_text("Not reading since", timeout=20_000)
        await expect(step.locator(".mm")).not_to_be_empty()
        await at.shot("settings-unreachable-light")
        assert at.complaints == []


async def test_an_inbox_is_connected_and_one_comes_back_with_the_outcome(
    desk: Open, provider: Identity
) -> None:
    mailbox = {"imap_host": "127.0.0.1", "imap_port": free_port(), "imap_security": "none"}
    await desk.house.add_inbox("consent@marlowfinch.example", {**provider.settings(), **mailbox})
    async with settings(desk) as at:
        page = at.page
        row = page.locator(".setrow", has_text="consent@")
        await expect(row).to_contain_text("Waits for consent: connect it")
        provider.denies = True
        await row.click()
        await page.get_by_role("button", name="Connect").click()
        failed = page.get_by_role("alert")
        await expect(failed).to_contain_text("consent@marlowfinch.example is not connected.")
        await expect(failed).to_contain_text("Consent was not given: No, thank you")
        await at.shot("settings-not-connected-light")
        provider.denies = False
        await failed.get_by_role("link").click()
        await page.get_by_role("button", name="Connect").click()
        await expect(page.get_by_text("consent@marlowfinch.example is connected.")).to_be_visible()
        await opened(page, "consent@marlowfinch.example")
        await expect(page.get_by_text("Connected by consent")).to_be_visible()
        assert at.complaints == []


async def test_what_an_inbox_answers_by_itself_is_set(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await opened(page, SUPPORT)
        await page.get_by_role("link", name="Automatic answers").click()
        beside = page.get_by_role("complementary", name="What a customer reads")
        await field(page, "First answer").fill("Hello {{customer.name}}, we have it.")
        await expect(beside).to_contain_text("Hello Ioanna Papadaki, we have it.")
        await field(page, "Out of office").fill("Back {{tomorrow}}.")
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator("#out_of_office-fault")).to_contain_text("There is no {{tomorrow}}.")
        await expect(field(page, "Out of office")).to_be_focused()
        await field(page, "Out of office").fill("Back {{next_open}}.")
        await field(page, "Time zone").fill("Europe/Athens")
        for day in ("Monday", "Friday"):
            await page.get_by_role("button", name=f"Add hours on {day}").click()
        await field(page, "Friday, until").fill("08:00")
        await page.locator("[id='calendar.holidays']").fill("2026-12-25")
        await page.get_by_role("button", name="Add a day").click()
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text("Hours begin before they end.")).to_be_visible()
        await at.shot("settings-answers-fault-light")
        at.complaints.clear()  # the browser itself complains of an answer 400
        await field(page, "Friday, until").fill("15:00")
        await page.get_by_role("button", name="Save").click()
        await expect(page.get_by_text(re.compile("Saved at"))).to_be_visible()
        await at.go(page.url.removeprefix(desk.address))
        await expect(field(page, "Friday, until")).to_have_value("15:00")
        await expect(field(page, "Time zone")).to_have_value("Europe/Athens")
        await expect(page.locator(".tag", has_text="25 Dec 2026")).to_be_visible()
        await expect(field(page, "Out of office")).to_have_value("Back {{next_open}}.")
        await expect(page.get_by_text("not saved")).to_have_count(0)
        await at.is_within()
        assert at.complaints == []


async def test_people_come_change_and_go(desk: Open) -> None:
    async with settings(desk, path="/settings/people") as at:
        page, beside = at.page, at.page.get_by_role("complementary", name="Add somebody")
        await field(page, "Name").fill("Bo Berg")
        await field(page, "Sign-in name").fill("bo@shop.example")
        await field(page, "First password").fill("short")
        await beside.get_by_role("button", name="Add").click()
        await expect(page.get_by_text("A password has 10 to 1024 characters.")).to_be_visible()
        await expect(field(page, "First password")).to_be_focused()
        at.complaints.clear()  # the browser itself complains of an answer 400
        await field(page, "First password").fill(PASSWORD)
        await page.keyboard.press("Enter")
        bo = page.locator(".people > li", has_text="bo@shop.example")
        await expect(bo).to_be_visible()
        await expect(field(page, "Name")).to_have_value("")
        await bo.get_by_label("Role of Bo Berg").select_option(label="Auditor")
        await expect(page.get_by_text("Bo Berg is an auditor from now on")).to_be_visible()
        await bo.get_by_role("button", name="Set password").press("Enter")
        await expect(field(page, "New password of Bo Berg")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(bo.get_by_role("button", name="Set password")).to_be_focused()
        await bo.get_by_role("button", name="Set password").click()
        await page.keyboard.type("another good password")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Bo Berg has a new password")).to_be_visible()
        await bo.get_by_role("button", name=re.compile("^End")).click()
        await at.shot("settings-people-end-light")
        await bo.get_by_role("button", name="End Bo Berg's work here").click()
        await expect(bo).to_have_count(0)
        await expect(page.locator(".gone", has_text="Bo Berg")).to_be_visible()
        await field(page, f"Role of {ADA.split('@', maxsplit=1)[0].title()}").select_option("agent")
        await expect(page.get_by_text("There must be an administrator")).to_be_visible()


async def test_a_house_without_an_inbox_says_so(
    settings: Settings, empty_url: str, chromium: Browser
) -> None:
    await migrate(empty_url)
    async with served(msgspec.structs.replace(settings, database_url=empty_url)) as house:
        await house.add_agent(ADA, Role.ADMINISTRATOR)
        cookie = await signed_in(chromium, house.address, ADA)
        async with window(chromium, house.address, cookie, WIDE) as at:
            await at.go("/settings/inboxes")
            await expect(at.page.get_by_text("No inbox yet")).to_be_visible()
            await at.shot("settings-empty-light")
            await at.go("/settings/inboxes/018f3f00-0000-7000-8000-000000000000")
            await expect(at.page.get_by_text("There is no such inbox.")).to_be_visible()
            assert at.complaints == []
            await at.page.route("**/api/inboxes", lambda route: route.abort())
            await at.page.goto(f"{house.address}/settings/inboxes")
            unread = at.page.get_by_text("The inboxes could not be read.")
            await expect(unread).to_be_visible(timeout=20_000)


async def test_a_supervisor_reads_and_an_agent_does_not(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/settings/inboxes")
        await expect(at.page.get_by_role("link", name="Add an inbox")).to_have_count(0)
        await expect(at.page.get_by_role("link", name="People and roles")).to_have_count(0)
        await opened(at.page, SUPPORT)
        await expect(at.page.get_by_text("Only an administrator changes an inbox.")).to_be_visible()
        await expect(field(at.page, "Called")).not_to_be_editable()
        await expect(at.page.get_by_role("button", name="Save")).to_have_count(0)
        assert at.complaints == []
    await desk.house.add_agent("bo@shop.example")
    cookie = await signed_in(desk.browser, desk.address, "bo@shop.example")
    async with window(desk.browser, desk.address, cookie, WIDE) as at:
        await at.page.goto(f"{desk.address}/settings/people")
        await expect(at.page.get_by_text("The settings are not yours to see.")).to_be_visible()
        await expect(at.page.get_by_role("link", name="Settings")).to_have_count(0)


async def test_a_form_is_filled_by_keys_alone(desk: Open) -> None:
    async with settings(desk) as at:
        page = at.page
        await opened(page, SUPPORT)
        await field(page, "Called").focus()
        focused = []
        for _ in range(30):
            await page.keyboard.press("Tab")
            focused.append(await page.evaluate("document.activeElement.id || document.activeElement.value"))
        for each in ("queue", "reply_within_s", "settings.host", "settings.port", "settings.username"):
            assert each in focused
        await page.get_by_role("radiogroup", name="Encryption", exact=True).locator("input:checked").focus()
        await page.keyboard.press("ArrowRight")
        await expect(page.get_by_text("1 change, not saved")).to_be_visible()
        assert at.complaints == []


@pytest.mark.parametrize(
    ("size", "theme", "name"),
    [
        (WIDE, "light", "light"),
        (WIDE, "dark", "dark"),
        (NARROW, "light", "narrow"),
        (PHONE, "light", "phone"),
    ],
)
async def test_the_settings_in_every_size_and_theme(
    desk: Open, size: tuple[int, int], theme: str, name: str
) -> None:
    await desk.house.add_agent("bo@shop.example")
    async with settings(desk, size, theme, "/settings/inboxes") as at:
        await at.is_within()
        await at.shot(f"settings-inboxes-{name}")
        await at.page.locator(".setrow", has_text=SUPPORT).click()
        await at.page.get_by_role("heading", level=1, name=SUPPORT).wait_for()
        await at.page.get_by_text("How it goes").wait_for()
        await at.is_within()
        await at.shot(f"settings-inbox-{name}")
        await at.page.get_by_role("link", name="Automatic answers").click()
        await at.page.get_by_role("heading", name="When somebody is here").wait_for()
        await at.is_within()
        await at.shot(f"settings-answers-{name}")
        await at.go("/settings/people")
        await at.page.get_by_text(MAREN).wait_for()
        await at.is_within()
        await at.shot(f"settings-people-{name}")
        await at.go("/settings/inboxes/new")
        await at.is_within()
        await at.shot(f"settings-new-{name}")
        assert at.complaints == []
