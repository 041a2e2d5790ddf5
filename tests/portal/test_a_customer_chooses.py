"""A customer gets a link in a reply, opens it once, and chooses on a plain page; the desk keeps to it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from doorstep.app import House, web
from doorstep.choices import AgainstChoice, standing_choice
from doorstep.kernel import Address, AddressKind
from doorstep.people import Me
from doorstep.portal.link import LASTS, PAGE_LASTS, make_link, open_link, page_of
from doorstep.portal.words import CATALOGUES, language_of
from doorstep.replies import NewReply
from doorstep.settings import Settings
from doorstep.spine import Sending
from doorstep.spine.outbound import answer
from doorstep.store import DiskFiles, Follower
from doorstep.store.jobs import Job
from doorstep.testing import MemoryChannel
from tests.parts import Spine

URL = "http://desk.test"
ADDRESS = f"{URL}/my/choices"


class Shop(msgspec.Struct):
    """A house, an agent in it, a customer who wrote, and her browser."""

    spine: Spine
    me: Me
    channel: MemoryChannel
    hers: httpx.AsyncClient
    conversation_id: object

    async def reply(self, **more: object) -> str:
        """What leaves when the agent answers with the address of the page."""
        async with self.spine.db.transaction() as tx:
            new = NewReply(f"Choose here: {ADDRESS}.", **more)  # type: ignore[arg-type]
            where, now = self.conversation_id, datetime.now(UTC)
            await answer(tx, {"memory": self.channel}, where, new, self.me, now)  # type: ignore[arg-type]
        (job,) = await self.spine.rows("delete from job returning id, kind, payload")
        sending = Sending(self.spine.db, self.spine.bus, {"memory": self.channel}, self.spine.edge, URL)
        await sending(Job(job["id"], job["kind"], job["payload"], 1))  # type: ignore[arg-type]
        return self.channel.sent[-1].text


@pytest.fixture
async def shop(spine: Spine, tmp_path: Path) -> Shop:
    channel, files = MemoryChannel(), DiskFiles(tmp_path)
    house = House(
        Settings(public_url=URL),
        "",
        spine.db,
        spine.bus,
        files,
        spine.edge,
        {"memory": channel},
        Follower(spine.db, spine.bus),
        {},
    )
    transport = httpx.ASGITransport(web(house), raise_app_exceptions=False, client=("203.0.113.7", 4711))
    hers = httpx.AsyncClient(transport=transport, base_url=URL)
    return Shop(spine, await spine.hire(), channel, hers, await spine.opened())


async def test_she_opens_the_link_in_the_reply_and_chooses(shop: Shop) -> None:
    left = await shop.reply()
    link = re.search(r"http://desk\.test(/my/choices/[\w-]{43})\.", left)
    assert link, left
    stands = await shop.spine.value("select text from interaction where direction = 'out'")
    assert stands == f"Choose here: {ADDRESS}."  # nobody here can open it
    assert link[1].rpartition("/")[2] not in str(await shop.spine.rows("select * from choice_link"))

    for _ in range(2):  # a scanner looks before her
        before = await shop.hers.get(link[1])
        assert before.status_code == 200
        assert 'action="/my/choices/' in before.text
    opened = await shop.hers.post(link[1], data={"lang": "en"})
    assert "Save my choices" in opened.text
    key = re.search(r'name="key" value="([\w-]+)"', opened.text)
    assert key
    chosen = {"contact": "asked", "preferred": "", "days": ["1", "2"], "begins": "10:00", "ends": "17:00"}
    more = {"key": key[1], "lang": "en", "zone": "Europe/Athens", "language": "de", "refused": "memory"}
    saved = await shop.hers.post("/my/choices", data={**chosen, **more})
    assert "Saved. We keep to it" in saved.text
    assert re.search(r'name="refused" value="memory" checked', saved.text)
    customer_id = await shop.spine.value("select customer_id from conversation")
    async with shop.spine.db.connection() as on:
        standing = await standing_choice(on, customer_id)  # type: ignore[arg-type]
    assert standing.said_by == "customer"
    assert (standing.choices.contact, standing.choices.language) == ("asked", "de")
    assert standing.choices.hours[0].days == (1, 2)
    with pytest.raises(AgainstChoice):
        await shop.reply()

    again = await shop.hers.post(link[1], data={})
    assert again.status_code == 410
    assert "opened before" in again.text


async def test_what_cannot_be_is_said_in_her_language(shop: Shop) -> None:
    async with shop.spine.db.transaction() as tx:
        customer_id = await shop.spine.value("select customer_id from conversation")
        token = await make_link(tx, customer_id, datetime.now(UTC))  # type: ignore[arg-type]
    opened = await shop.hers.post(
        f"/my/choices/{token}", headers={"Accept-Language": "el, de;q=0.8, en;q=0.3"}
    )
    assert '<html lang="de">' in opened.text
    key = re.search(r'name="key" value="([\w-]+)"', opened.text)
    assert key
    form = {
        "key": key[1],
        "lang": "de",
        "begins": "17:00",
        "ends": "09:00",
        "days": "1",
        "zone": "Europe/Berlin",
    }
    wrong = await shop.hers.post("/my/choices", data=form)
    assert wrong.status_code == 400
    assert "späteres Ende" in wrong.text
    both = await shop.hers.post(
        "/my/choices", data={"key": key[1], "preferred": "memory", "refused": "memory"}
    )
    assert both.status_code == 400
    assert await shop.spine.value("select count(*) from choice") == 0


async def test_who_else_reads_the_reply_gets_no_link(shop: Shop) -> None:
    hers = Address(AddressKind.MAILBOX, "ioanna@mail.example")
    other = Address(AddressKind.MAILBOX, "neighbour@mail.example")
    assert (await shop.reply(to=(hers,), cc=(other,))).endswith(f"{ADDRESS}.")


async def test_guessing_opens_nothing_and_ends(shop: Shop) -> None:
    answers = [await shop.hers.post(f"/my/choices/guess{n}") for n in range(31)]
    assert {a.status_code for a in answers[:30]} == {410}
    assert answers[30].status_code == 429
    assert (await shop.hers.post("/my/choices", data={"key": "x"})).status_code == 429
    assert await shop.spine.value("select count(*) from choice_link") == 0


async def test_a_link_and_its_page_are_over_after_a_while(spine: Spine) -> None:
    await spine.opened()
    customer_id = await spine.value("select customer_id from conversation")
    now = datetime.now(UTC)
    async with spine.db.transaction() as tx:
        late, early = [await make_link(tx, customer_id, now) for _ in range(2)]  # type: ignore[arg-type]
        assert await open_link(tx, late, now + LASTS + timedelta(seconds=1)) is None
        opened = await open_link(tx, early, now)
        assert opened
        assert await page_of(tx, opened.key, now + PAGE_LASTS - timedelta(seconds=1)) == opened
        assert await page_of(tx, opened.key, now + PAGE_LASTS) is None


async def test_the_page_needs_no_script_and_lets_none_in(shop: Shop) -> None:
    page = await shop.hers.get("/my/choices")
    assert "<script" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert page.headers["cache-control"] == "no-store"
    crossed = await shop.hers.post("/my/choices", headers={"Origin": "https://evil.test"})
    assert crossed.status_code == 403


def test_every_catalogue_says_all() -> None:
    for lang, words in CATALOGUES.items():
        assert words.keys() == CATALOGUES["en"].keys(), lang
        assert all(words.values()), lang


@pytest.mark.parametrize(
    ("asked", "accepted", "is_spoken"),
    [
        ("de", "en", "de"),
        ("xx", "de-AT,de;q=0.9", "de"),
        ("", "fr, de;q=0.5, en;q=0.7", "en"),
        ("", "*;q=0.1,,;;", "en"),
        ("../x", "", "en"),
    ],
)
def test_which_language(asked: str, accepted: str, is_spoken: str) -> None:
    assert language_of(asked, accepted) == is_spoken
