"""The sample company in small behind a real server, and a browser with somebody signed in."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from playwright.async_api import Browser, Cookie

from doorstep.people import Role
from doorstep.settings import Http, Settings
from tests.conftest import created
from tests.desk.screens import Letter, browser, fill, promise, signed_in
from tests.stories.conftest import Served, free_port, house, served, settings

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


class Company(msgspec.Struct, frozen=True):
    """A database with the company in small, Maren, and letters that wait; others are copied from it."""

    name: str
    letters: list[Letter]


@pytest.fixture(scope="session")
async def company(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Company]:
    """The company, moved in once for all who look at it."""
    folder: Path = tmp_path_factory.mktemp("company")
    async for url in created(server_url, template):
        where = Settings(
            database_url=url,
            data=folder / "data",
            http=Http(port=free_port()),
            channels={"email": {"port": 0}},
        )
        async with served(where) as filled:
            await filled.add_agent(MAREN, Role.SUPERVISOR)
            letters = await fill(filled)
        yield Company(urlsplit(url).path.lstrip("/"), letters)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all; each test has windows of its own."""
    async with browser() as opened:
        yield opened


@pytest.fixture
async def database_url(server_url: str, company: Company) -> AsyncIterator[str]:
    """The URL of the company's database as it was, gone after the test."""
    async for url in created(server_url, company.name):
        yield url


@pytest.fixture
async def desk(house: Served, company: Company, chromium: Browser) -> Open:
    """The sample company in small, with Maren signed in."""
    await promise(house)
    return Open(house, chromium, await signed_in(chromium, house.address, MAREN), company.letters)
