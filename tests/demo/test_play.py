"""Playing a customer: the mail goes to a real door; the answer comes back to the page."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote

import aiosmtplib
import httpx
import pytest
from litestar import Litestar

from doorstep.demo.company import Company
from doorstep.demo.load import SUPPORT, load
from doorstep.demo.play import IN_A_MINUTE, PLAYED, Play, routes
from doorstep.demo.sink import Sink, sink
from doorstep.store import Database


class Stopped:
    """A clock that stands."""

    def now(self) -> datetime:
        """Where it stands."""
        return datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture
async def door() -> AsyncIterator[Sink]:
    """A mail server in the place of our door."""
    async with sink() as opened:
        yield opened


@pytest.fixture
async def answers() -> AsyncIterator[Sink]:
    """Where the company's answers arrive."""
    async with sink() as opened:
        yield opened


@pytest.fixture
async def made(database: Database) -> Company:
    """A small company, up to this moment."""
    found = await load(database, "post", lambda *_: None, datetime.now(UTC), scale=0.1)
    assert found is not None
    return found


@pytest.fixture
async def page(database: Database, door: Sink, answers: Sink) -> AsyncIterator[httpx.AsyncClient]:
    """The page, in a browser without scripts."""
    app = Litestar(routes(Play(database, answers, door.port, Stopped())))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


FILLED = {
    "name": "Ioanna",
    "address": "ioanna@web.example",
    "to": SUPPORT,
    "subject": "Hello",
    "text": "Where?",
}


async def test_a_customer_of_each_language_can_be_played(made: Company, page: httpx.AsyncClient) -> None:
    shown = (await page.get("/play")).text
    offered = {unquote(said) for said in re.findall(r'href="/play\?as=([^"]+)"', shown)}
    known = [person for person in made.people if person.mailbox in offered]
    assert 6 <= len(known) <= len(PLAYED)
    assert len({person.language for person in known}) == len(known)
    assert "Sent. It is on the desk now." not in shown


async def test_a_mail_goes_to_the_door_with_its_file(page: httpx.AsyncClient, door: Sink) -> None:
    file = ("crack.png", b"\x89PNG", "image/png")
    answer = await page.post("/play", data=FILLED, files={"file": file})
    assert answer.status_code == 303
    shown = await page.get(answer.headers["location"])
    assert "Sent. It is on the desk now." in shown.text
    [mail] = door.mails_for(SUPPORT)
    assert (mail.sender, mail.subject, mail.text, mail.attachments) == (
        "Ioanna",
        "Hello",
        "Where?",
        ("crack.png",),
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "nobody"}, "Give an e-mail address"),
        ({"address": "a@b.example\r\nBcc: c@d.example"}, "Give an e-mail address"),
        *(
            ({"address": odd}, "Give an e-mail address")
            for odd in ("a..b@c", ".a@c", "a.@c", "a@c..d", "a@.", "a@b.", "a@", "@b", "a@[c", "a b@c", "")
        ),
        ({"to": "else@where.example"}, "Choose one of our two addresses"),
        ({"text": "  "}, "Write a few words first"),
        ({"text": "x" * 20_001}, "longer than 20000"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_kept(
    page: httpx.AsyncClient, door: Sink, change: dict[str, str], words: str
) -> None:
    answer = await page.post("/play", data=FILLED | change, files={"file": ("", b"")})
    assert answer.status_code == 400
    assert words in answer.text
    assert "Hello" in answer.text
    assert door.mails_for(SUPPORT) == []


async def test_a_line_break_in_a_heading_adds_no_heading(page: httpx.AsyncClient, door: Sink) -> None:
    await page.post("/play", data=FILLED | {"subject": "Hi\r\nBcc: c@d.example", "name": 'A "B"\n<c>'})
    [mail] = door.mails_for(SUPPORT)
    assert mail.subject == "Hi Bcc: c@d.example"
    assert mail.recipients == (SUPPORT,)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "\ud800 \u202e(x) <y@z>, \\"},
        {"in_reply_to": "not a name at all <<>> \u0000"},
        {"address": "`{|}~-!#$%&'*+/=?^_@-.example"},
        {"text": "\u0000\ud83d" + "x" * 5_000},
        {"subject": "=?utf-8?q?=41?= " + "\u00e4" * 180},
    ],
)
async def test_what_is_odd_is_sent_or_refused_in_words(
    page: httpx.AsyncClient, change: dict[str, str]
) -> None:
    wire = {key: value.encode("utf-8", "surrogatepass") for key, value in (FILLED | change).items()}
    answer = await page.post("/play", files={key: (None, value) for key, value in wire.items()})
    assert answer.status_code in (303, 400)


async def test_a_file_over_5_mb(page: httpx.AsyncClient, door: Sink) -> None:
    answer = await page.post("/play", data=FILLED, files={"file": ("big.bin", b"x" * 5_000_001)})
    assert answer.status_code == 413
    assert "over 5 MB" in answer.text


async def test_thirty_mails_a_minute(page: httpx.AsyncClient, door: Sink) -> None:
    for _ in range(IN_A_MINUTE):
        assert (await page.post("/play", data=FILLED)).status_code == 303
    assert (await page.post("/play", data=FILLED)).status_code == 429


async def test_nobody_at_the_door(database: Database, answers: Sink) -> None:
    app = Litestar(routes(Play(database, answers, 1)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as page:
        shown = await page.post("/play", data=FILLED)
    assert shown.status_code == 400
    assert "did not take the mail" in shown.text


async def test_the_answer_stands_on_the_page_and_can_be_answered(
    page: httpx.AsyncClient, door: Sink, answers: Sink
) -> None:
    for number, thread in enumerate(["<a@x.example>", "<b@x.example>", "<a@x.example>"]):
        mail = EmailMessage()
        mail["From"] = "Maren Lindqvist <support@marlowfinch.example>"
        mail["To"] = "ioanna@web.example"
        mail["Subject"] = f"Re: number {number} <b>"
        mail["Message-ID"] = f"<answer-{number}@marlowfinch.example>"
        mail["References"] = thread
        mail.set_content("It is found.")
        await aiosmtplib.send(mail, hostname="127.0.0.1", port=answers.port, start_tls=False)
    shown = (await page.get("/play", params={"as": "ioanna@web.example"})).text
    places = [shown.index(f"Re: number {number} &lt;b&gt;") for number in (2, 0, 1)]
    assert places == sorted(places)
    again = await page.get(
        "/play", params={"as": "ioanna@web.example", "re": "<answer-2@marlowfinch.example>"}
    )
    assert 'name="in_reply_to" value="&lt;answer-2@marlowfinch.example&gt;"' in again.text
    await page.post("/play", data=FILLED | {"in_reply_to": "<answer-2@marlowfinch.example>"})
    assert door.mails_for(SUPPORT)[0].thread == "<answer-2@marlowfinch.example>"


async def test_the_sink_keeps_the_last(answers: Sink) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=answers.port, start_tls=False) as client:
        for number in range(203):
            raw = f"Subject: {number}\r\n\r\nx\r\n"
            await client.sendmail("a@x.example", ["B@x.example"], raw)
    kept = answers.mails_for("b@x.example")
    assert (len(kept), kept[0].subject, kept[-1].subject) == (200, "202", "3")
    assert kept[0].received_at > datetime.now(UTC) - timedelta(minutes=1)
