"""Replies out, to a real Postfix, and to servers that refuse."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from doorstep.channels.email.channel import Email
from doorstep.channels.email.settings import EmailSettings
from doorstep.kernel import Address, AddressKind, Attachment, Delivery, Inbox, Outgoing, new_id
from doorstep.testing import MemoryEdge
from tests.channels.email.certificate import certificate
from tests.channels.email.mails import INBOX, read
from tests.servers.postfix import Postfix, postfix


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Postfix]:
    folder = tmp_path_factory.mktemp("postfix")
    async with postfix(
        folder, gone="550 5.1.1 Nobody of that name", busy="450 4.2.1 Come back later"
    ) as started:
        yield started


def inbox_at(port: int, **settings: Any) -> Inbox:
    chosen = {"host": "127.0.0.1", "port": port, "security": "none", "timeout": 10, **settings}
    return Inbox(INBOX.id, "email", "Shop", "support@shop.test", msgspec.json.encode(chosen))


def a_reply(inbox: Inbox, *to: str, **fields: Any) -> Outgoing:
    people = tuple(Address(AddressKind.MAILBOX, value, "Ada") for value in to or ("ada@example.test",))
    return Outgoing(id=new_id(), inbox=inbox, to=people, **({"text": "It is on its way."} | fields))


async def sent(reply: Outgoing, edge: MemoryEdge | None = None) -> Delivery:
    return await Email().send(reply, edge or MemoryEdge())


async def test_a_real_server_delivers_it_threaded(server: Postfix) -> None:
    before, edge = len(server.delivered()), MemoryEdge()
    picture = Attachment("Größe.png", "image/png", 3, await edge.files.keep(b"PNG"))
    reply = a_reply(
        inbox_at(server.port, sender_name="Blå Butik"),
        subject="Re: Wo ist es? 😀",
        text="Größe 39 kommt.\n.\n..Punkte",
        html="<p>Größe 39 kommt.</p>",
        token="k7d2m9q4",
        references=("<second@example.test>", "<first@example.test>"),
        attachments=(picture,),
    )
    delivery = await sent(reply, edge)
    assert (delivery.ok, delivery.external_id) == (True, f"<{reply.id}@shop.test>")
    raw = (await server.mails(before + 1))[-1]
    signal = read(raw)
    assert signal.message_id == delivery.external_id
    assert signal.references == reply.references
    assert (signal.subject, signal.text) == (reply.subject, reply.text)
    assert signal.html.strip() == reply.html
    assert (signal.sender.name, signal.sender.value) == ("Blå Butik", "support@shop.test")
    assert [file.name for file in signal.attachments] == ["Größe.png"]
    assert b"\nReply-To:" in raw
    assert b"\nAuto-Submitted:" not in raw


async def test_the_answer_to_our_answer_comes_home(server: Postfix) -> None:
    before = len(server.delivered())
    await sent(a_reply(inbox_at(server.port), token="k7d2m9q4"))
    raw = (await server.mails(before + 1))[-1]
    goes_to = next(row for row in raw.splitlines() if row.startswith(b"Reply-To:"))
    assert read(b"From: ada@example.test\r\nTo:" + goes_to[9:] + b"\r\n\r\nThanks").token == "k7d2m9q4"


async def test_never_is_not_later(server: Postfix) -> None:
    gone = await sent(a_reply(inbox_at(server.port), "gone@example.test"))
    assert (gone.ok, gone.retry) == (False, False)
    assert "550" in gone.detail
    assert "Nobody of that name" in gone.detail
    busy = await sent(a_reply(inbox_at(server.port), "busy@example.test"))
    assert (busy.ok, busy.retry) == (False, True)
    assert "450" in busy.detail


async def test_one_refused_of_two_is_told(server: Postfix) -> None:
    before = len(server.delivered())
    delivery = await sent(a_reply(inbox_at(server.port), "ada@example.test", "gone@example.test"))
    assert delivery.ok
    assert "gone@example.test: 550" in delivery.refused
    assert len(await server.mails(before + 1)) == before + 1


async def test_who_cannot_be_reached_is_tried_again() -> None:
    listening = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    listening.close()
    delivery = await sent(a_reply(inbox_at(port)))
    assert (delivery.ok, delivery.retry) == (False, True)
    assert f"127.0.0.1:{port}" in delivery.detail


async def test_who_says_nothing_is_tried_again() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        delivery = await sent(a_reply(inbox_at(port, timeout=0.2)))
    assert (delivery.ok, delivery.retry) == (False, True)


async def test_what_cannot_be_a_mail_is_not_tried_again(server: Postfix) -> None:
    wrong = await sent(a_reply(inbox_at(server.port), "not an address"))
    assert (wrong.ok, wrong.retry) == (False, False)
    assert "not an address" in wrong.detail
    lost = Attachment("lost.png", "image/png", 3, "0" * 64)
    missing = await sent(a_reply(inbox_at(server.port), attachments=(lost,)))
    assert (missing.ok, missing.retry) == (False, False)
    unset = await sent(a_reply(Inbox(INBOX.id, "email", "Shop", "support@shop.test", b'{"port": "x"}')))
    assert (unset.ok, unset.retry) == (False, False)
    assert "support@shop.test" in unset.detail


async def test_sent_again_it_is_the_same_mail(server: Postfix) -> None:
    before, reply = len(server.delivered()), a_reply(inbox_at(server.port))
    assert (await sent(reply)).external_id == (await sent(reply)).external_id
    one, other = (await server.mails(before + 2))[-2:]
    assert read(one).external_id == read(other).external_id


async def test_starttls_with_a_certificate_that_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = certificate(tmp_path / "tls")
    async with postfix(tmp_path, certificate=cert, key=key) as server:
        unknown = await sent(a_reply(inbox_at(server.port, security="starttls")))
        assert (unknown.ok, unknown.retry) == (False, True)
        assert "certificate" in unknown.detail.lower()
        unchecked = await sent(a_reply(inbox_at(server.port, security="starttls", verify=False)))
        assert unchecked.ok
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert (await sent(a_reply(inbox_at(server.port, security="starttls")))).ok
        await server.mails(2)
        assert "TLS" in server.log() or server.delivered()[0].count(b"TLS")


async def test_no_starttls_is_no_delivery(server: Postfix) -> None:
    delivery = await sent(a_reply(inbox_at(server.port, security="starttls")))
    assert (delivery.ok, delivery.external_id) == (False, "")


class Sink:
    """Takes mail from who knows the password."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append(envelope.original_content or b"")
        return "250 2.0.0 ok"

    def knows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        return AuthResult(success=said == LoginPassword(b"shop", b"open sesame"), handled=False)


@asynccontextmanager
async def a_tls_server(folder: Path) -> AsyncIterator[tuple[Sink, int]]:
    cert, key = certificate(folder)
    context, sink = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), Sink()
    context.load_cert_chain(cert, key)
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(
            sink,
            authenticator=sink.knows,
            auth_required=True,
            auth_require_tls=False,
            loop=loop,
            hostname="sink",
        )

    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=context)
    try:
        yield sink, server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_tls_from_the_first_byte_and_a_password(tmp_path: Path) -> None:
    async with a_tls_server(tmp_path) as (sink, port):
        known = {"security": "tls", "verify": False, "username": "shop"}
        wrong = await sent(a_reply(inbox_at(port, **known, password="guess")))
        assert (wrong.ok, wrong.retry) == (False, False)
        assert "535" in wrong.detail
        assert "guess" not in wrong.detail
        assert (await sent(a_reply(inbox_at(port, **known, password="open sesame")))).ok
        assert not (await sent(a_reply(inbox_at(port, security="tls")))).ok
    assert len(sink.taken) == 1


def test_the_name_of_a_reply_is_known_before_it_leaves() -> None:
    reply_id = UUID("0195551c-0000-7000-8000-000000000001")
    assert Email().message_id(INBOX, reply_id) == "<0195551c-0000-7000-8000-000000000001@shop.test>"


def test_an_inbox_needs_no_settings_to_exist() -> None:
    assert msgspec.json.decode(b"{}", type=EmailSettings).security == "starttls"
