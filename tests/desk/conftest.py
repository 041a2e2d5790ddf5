"""The sample company in small behind a real server, and a browser with somebody signed in."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from playwright.async_api import Browser, Cookie

from doorstep.people import Role
from tests.desk.screens import Letter, browser, fill, signed_in
from tests.stories.conftest import Served, house, settings

__all__ = ["house", "settings"]

MAREN = "maren@shop.example"


class Open(msgspec.Struct, frozen=True):
    """A filled house and a browser at its door."""

    house: Served
    browser: Browser
    cookie: Cookie
    letters: list[Letter]

    @property
    def address(self) -> str:
        return self.house.address


@pytest.fixture
async def desk(house: Served) -> AsyncIterator[Open]:
    """The sample company in small, with Maren signed in."""
    await house.add_agent(MAREN, Role.SUPERVISOR)
    letters = await fill(house)
    async with browser() as opened:
        yield Open(house, opened, await signed_in(opened, house.address, MAREN), letters)
