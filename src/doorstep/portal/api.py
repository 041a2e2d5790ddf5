"""The routes of the customer's own page: a link, a button, a form that posts. No cookie, no script."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, get, post
from litestar.response import Response

from doorstep.choices import NewChoices, change_choices, standing_choice
from doorstep.kernel import Channel, Clock, Invalid, TooOften
from doorstep.people import ANYONE, READERS, check_guesses, count_guess
from doorstep.portal.chosen import Form, chosen
from doorstep.portal.link import PATH, Opened, address_of, open_link, page_of
from doorstep.portal.page import form, shown
from doorstep.portal.words import language_of
from doorstep.store import Connection, Database

Channels = Mapping[str, Channel]
Asked = Request[Any, Any, Any]


class ChoicesLink(msgspec.Struct, frozen=True):
    """The address that stands in a reply, and becomes a link that opens when it leaves."""

    address: str


@get("/api/choices/link", opt=READERS, sync_to_thread=False)
def get_link_address(house_address: str) -> ChoicesLink:
    """What to write into a reply so that the customer can choose on a page of their own."""
    return ChoicesLink(address_of(house_address))


@get(PATH, opt=ANYONE, include_in_schema=False, sync_to_thread=False)
def get_page(request: Asked, lang: str = "") -> Response[str]:
    """Without a link: how one gets one."""
    return shown(_language(request, lang))


@get(PATH + "/{token:str}", opt=ANYONE, include_in_schema=False, sync_to_thread=False)
def get_opening(request: Asked, token: str, lang: str = "") -> Response[str]:
    """A button, whatever the link is: nothing is looked up, so nothing is learnt by guessing."""
    return shown(_language(request, lang), opens=f"{PATH}/{token}")


@post(PATH + "/{token:str}", opt=ANYONE, status_code=200, include_in_schema=False)
async def post_opening(
    request: Asked, db: Database, clock: Clock, channels: Channels, token: str
) -> Response[str]:
    """Use the link up, and show what stands."""
    said = await _form(request)
    async with db.transaction() as tx:
        return await _guarded(request, tx, clock, said, await open_link(tx, token, clock.now()), channels)


@post(PATH, opt=ANYONE, status_code=200, include_in_schema=False)
async def post_page(request: Asked, db: Database, clock: Clock, channels: Channels) -> Response[str]:
    """Note what they chose."""
    said, now = await _form(request), clock.now()
    async with db.transaction() as tx:
        opened = await page_of(tx, (said.get("key") or [""])[0], now)
        return await _guarded(request, tx, clock, said, opened, channels, saves=True)


async def _guarded(
    request: Asked,
    tx: Connection,
    clock: Clock,
    said: Form,
    opened: Opened | None,
    channels: Channels,
    saves: bool = False,
) -> Response[str]:
    """Who guesses too often is sent away; who guesses wrong is counted."""
    lang = _language(request, (said.get("lang") or [""])[0])
    network = request.client.host if request.client else ""
    try:
        await check_guesses(tx, network, clock.now())
    except TooOften:
        return shown(lang, 429, wrong="often")
    if opened is None:
        await count_guess(tx, network, clock.now())
        return shown(lang, 410, wrong="gone")
    wrong = await _save(tx, clock, said, opened, channels) if saves else ""
    standing = await standing_choice(tx, opened.customer_id)
    said_now = "saved" if saves and not wrong else ""
    return form(lang, opened.key, standing.choices, channels, said=said_now, wrong=wrong)


async def _save(tx: Connection, clock: Clock, said: Form, opened: Opened, channels: Channels) -> str:
    """The key of what is wrong, if anything is."""
    try:
        new = NewChoices(chosen(said), "on their own page")
        await change_choices(tx, opened.customer_id, new, channels, None, clock.now())
    except Invalid as error:
        return error.detail if error.detail.startswith("wrong_") else "wrong_channel"
    return ""


async def _form(request: Asked) -> Form:
    """What was posted, every value of each name."""
    body = (await request.body())[:20_000]
    try:
        return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}


def _language(request: Asked, asked: str) -> str:
    return language_of(asked, request.headers.get("Accept-Language", ""))


routes = [get_link_address, get_page, get_opening, post_opening, post_page]
