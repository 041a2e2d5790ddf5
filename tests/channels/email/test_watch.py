"""A mailbox on a real Dovecot, watched."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from doorstep.channels.email.channel import Email
from doorstep.kernel import Inbox, Misconfigured, Unreachable, new_id
from doorstep.testing import MemoryEdge
from tests.channels.email.certificate import certificate
from tests.parts import until
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot
from tests.servers.ports import free_port
from tests.servers.stubborn import stubborn


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Dovecot]:
    async with dovecot(tmp_path_factory.mktemp("dovecot")) as started:
        yield started


def a_mail(name: str, text: str = "Where is it?", **headers: str) -> bytes:
    more = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    return (
        f"From: Ada <ada@example.test>\r\nTo: support@shop.test\r\nSubject: {name}\r\n"
        f"Message-ID: <{name}@example.test>\r\n{more}\r\n{text}\r\n"
    ).encode()


def an_inbox(server: Dovecot, user: str, **settings: Any) -> Inbox:
    chosen: dict[str, Any] = {
        "imap_host": server.host,
        "imap_port": server.port,
        "imap_security": "none",
        "imap_username": user,
        "imap_password": PASSWORD,
        "timeout": 10,
        **settings,
    }
    return Inbox(new_id(), "email", "Shop", "support@shop.test", msgspec.json.encode(chosen))


def set_otherwise(inbox: Inbox, other: Inbox) -> Inbox:
    """The same inbox, with the settings of the other."""
    return msgspec.structs.replace(inbox, settings=other.settings)


@asynccontextmanager
async def watched(inbox: Inbox, edge: MemoryEdge, channel: Email | None = None) -> AsyncIterator[None]:
    polling = asyncio.create_task((channel or Email()).poll(inbox, edge))
    try:
        yield
    finally:
        await ended(polling)


async def ended(polling: "asyncio.Task[None]") -> None:
    """Whatever it raised, it is over."""
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


def subjects(edge: MemoryEdge) -> list[str]:
    return [arrival.signal.subject for arrival in edge.arrivals]


async def seen(edge: MemoryEdge, count: int) -> None:
    """Wait until so many were taken."""
    await until(lambda: len(edge.journal) >= count)


async def put(server: Dovecot, user: str, *mails: bytes, folder: str = "INBOX") -> None:
    await asyncio.to_thread(server.put, user, mails, folder)


async def flags(server: Dovecot, user: str, folder: str = "INBOX") -> list[bool]:
    return await asyncio.to_thread(server.flags, user, folder)


async def test_takes_what_waits_oldest_first_and_then_what_comes(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "first"), MemoryEdge()
    await put(server, "first", *(a_mail(f"n{number}") for number in range(120)))
    async with watched(inbox, edge):
        await seen(edge, 120)
        await until(lambda: flags_are(server, "first", [True] * 120))
        await put(server, "first", a_mail("later"))
        await seen(edge, 121)
    assert subjects(edge) == [*(f"n{number}" for number in range(120)), "later"]
    assert edge.times_reached == 1


async def flags_are(server: Dovecot, user: str, expected: list[bool], folder: str = "INBOX") -> bool:
    return await flags(server, user, folder) == expected


async def test_goes_on_where_it_was(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "again", afterwards="nothing"), MemoryEdge()
    for number in range(3):
        await put(server, "again", a_mail(f"n{number}"))
        async with watched(inbox, edge):
            await seen(edge, number + 1)
    assert subjects(edge) == ["n0", "n1", "n2"]
    assert await flags(server, "again") == [False] * 3


@pytest.mark.parametrize(
    ("begin_with", "expected"),
    [("all", ["old", "read", "new"]), ("unread", ["old", "new"]), ("new", ["new"])],
)
async def test_begins_with_what_is_wanted(server: Dovecot, begin_with: str, expected: list[str]) -> None:
    user, edge = f"begin-{begin_with}", MemoryEdge()
    await put(server, user, a_mail("old"), a_mail("read"))
    box = server.box(user)
    box.store("2", "+FLAGS", r"(\Seen)")
    box.logout()
    async with watched(an_inbox(server, user, begin_with=begin_with), edge):
        await until(lambda: edge.times_reached)
        await put(server, user, a_mail("new"))
        await seen(edge, len(expected))
    assert subjects(edge) == expected


@pytest.mark.parametrize("begin_with", ["unread", "new"])
async def test_an_empty_mailbox_is_begun_with_too(server: Dovecot, begin_with: str) -> None:
    """What comes while we are away, after a first look, is new, whoever read it."""
    user, edge = f"empty-{begin_with}", MemoryEdge()
    inbox = an_inbox(server, user, begin_with=begin_with)
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)
    await put(server, user, a_mail("meanwhile"))
    box = server.box(user)
    box.store("1", "+FLAGS", r"(\Seen)")
    box.logout()
    async with watched(inbox, edge):
        await seen(edge, 1)


async def test_moves_what_it_has(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "mover", afterwards="move", move_to="Done"), MemoryEdge()
    await put(server, "mover", a_mail("a"), a_mail("b"))
    async with watched(inbox, edge):
        await seen(edge, 2)
        await until(lambda: flags_are(server, "mover", []))
    assert len(await flags(server, "mover", "Done")) == 2


async def test_marks_only_after_the_commit(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "careful"), MemoryEdge()
    edge.failing = RuntimeError("the database said no")
    await put(server, "careful", a_mail("a"))
    with pytest.raises(RuntimeError):
        await Email().poll(inbox, edge)
    assert await flags(server, "careful") == [False]
    edge.failing = None
    async with watched(inbox, edge):
        await until(lambda: flags_are(server, "careful", [True]))
    assert subjects(edge) == ["a"]


async def test_marks_what_was_committed_before_the_end(server: Dovecot) -> None:
    """The process ended between the commit and the mark."""
    inbox, edge = an_inbox(server, "ended", afterwards="nothing"), MemoryEdge()
    await put(server, "ended", a_mail("a"))
    async with watched(inbox, edge):
        await seen(edge, 1)
    assert await flags(server, "ended") == [False]
    async with watched(set_otherwise(inbox, an_inbox(server, "ended")), edge):
        await until(lambda: flags_are(server, "ended", [True]))
    assert subjects(edge) == ["a"]


async def test_waits_while_we_are_full(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.channels.email.watch.PAUSE", 0.01)
    inbox, edge = an_inbox(server, "full"), MemoryEdge()
    edge.full = True
    await put(server, "full", a_mail("a"))
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)
        await put(server, "full", a_mail("b"))
        assert subjects(edge) == []
        edge.full = False
        await seen(edge, 2)
    assert subjects(edge) == ["a", "b"]


async def test_new_uids_bring_nothing_twice(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "renumbered", afterwards="nothing", begin_with="all"), MemoryEdge()
    await put(server, "renumbered", a_mail("a"), a_mail("b"))
    async with watched(inbox, edge):
        await seen(edge, 2)
    box = server.box("renumbered")
    assert box.create("Other")[0] == "OK"
    assert box.copy("1:2", "Other")[0] == "OK"
    box.logout()
    await put(server, "renumbered", a_mail("c"), folder="Other")
    settings = {"afterwards": "nothing", "begin_with": "all", "folder": "Other"}
    elsewhere = set_otherwise(inbox, an_inbox(server, "renumbered", **settings))
    async with watched(elsewhere, edge):
        await seen(edge, 3)
    assert subjects(edge) == ["a", "b", "c"]


async def test_one_that_is_too_large_is_told_and_left(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "large", largest=20_000), MemoryEdge()
    await put(server, "large", a_mail("a"), a_mail("Photos", "x" * 76 + "\r\n" * 30_000), a_mail("b"))
    async with watched(inbox, edge):
        await until(lambda: flags_are(server, "large", [True, False, True]))
    assert subjects(edge) == ["a", "Photos", "b"]
    told = edge.arrivals[1]
    assert told.signal.sender.value == "ada@example.test"
    assert "left in the mailbox" in told.signal.text
    assert len(told.raw) < 500


async def test_an_empty_mail_is_told_and_holds_nobody_up(server: Dovecot) -> None:
    inbox, edge = an_inbox(server, "empty"), MemoryEdge()
    await put(server, "empty", a_mail("a"), b"\r\n", a_mail("b"))
    async with watched(inbox, edge):
        await seen(edge, 3)
    assert "could not be read" in edge.arrivals[1].signal.text
    assert (subjects(edge)[0], subjects(edge)[2]) == ("a", "b")


async def test_without_idle_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.channels.email.watch.LOOK", 0.05)
    async with dovecot(tmp_path, idle=False) as server:
        inbox, edge = an_inbox(server, "asker"), MemoryEdge()
        async with watched(inbox, edge):
            await until(lambda: edge.times_reached)
            await put(server, "asker", a_mail("a"))
            await seen(edge, 1)


async def test_idle_is_begun_anew(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.channels.email.watch.IDLE", 0.1)
    inbox, edge = an_inbox(server, "patient"), MemoryEdge()
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)
        await asyncio.sleep(0.5)
        await put(server, "patient", a_mail("a"))
        await seen(edge, 1)


async def test_what_is_wrong_is_said(server: Dovecot) -> None:
    with pytest.raises(Misconfigured, match="does not let us in"):
        await Email().poll(an_inbox(server, "x", imap_password="guess"), MemoryEdge())
    with pytest.raises(Misconfigured, match="folder Nowhere cannot be opened"):
        await Email().poll(an_inbox(server, "x", folder="Nowhere"), MemoryEdge())
    port = free_port()
    with pytest.raises(Unreachable, match=f"127.0.0.1:{port} cannot be reached"):
        await Email().poll(an_inbox(server, "x", imap_port=port), MemoryEdge())


async def test_one_that_says_nothing_is_out_of_reach() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", free_port()) as listening:
        port = listening.sockets[0].getsockname()[1]
        chosen = {"imap_host": "127.0.0.1", "imap_port": port, "imap_security": "none", "timeout": 0.2}
        inbox = Inbox(new_id(), "email", "Shop", "support@shop.test", msgspec.json.encode(chosen))
        with pytest.raises(Unreachable, match="timed out"):
            await Email().poll(inbox, MemoryEdge())


async def test_a_dead_server_is_noticed(tmp_path: Path) -> None:
    async with dovecot(tmp_path) as server:
        edge = MemoryEdge()
        polling = asyncio.create_task(Email().poll(an_inbox(server, "dead"), edge))
        await until(lambda: edge.times_reached)
    with pytest.raises(Unreachable, match="cannot be reached"):
        await polling


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_the_certificate_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    cert, key = certificate(tmp_path / "tls")
    async with dovecot(tmp_path, certificate=(cert, key)) as server:
        port = server.tls_port if security == "tls" else server.port
        settings = {"imap_security": security, "imap_port": port}
        with pytest.raises(Unreachable, match="certificate"):
            await Email().poll(an_inbox(server, "tls", **settings), MemoryEdge())
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        for verify in (False, True):
            edge = MemoryEdge()
            inbox = an_inbox(server, "tls", verify=verify, begin_with="new", **settings)
            async with watched(inbox, edge):
                await until(lambda edge=edge: edge.times_reached)
                await put(server, "tls", a_mail(f"verify {verify}"))
                await seen(edge, 1)


async def test_no_starttls_is_no_password(server: Dovecot) -> None:
    with pytest.raises(Unreachable):
        await Email().poll(an_inbox(server, "x", imap_security="starttls"), MemoryEdge())


def test_an_inbox_of_our_own_door_is_not_watched() -> None:
    assert not Email().is_polled(Inbox(new_id(), "email", "Shop", "support@shop.test"))


@pytest.mark.parametrize("says_no", [True, False], ids=["says no", "hangs up"])
async def test_one_that_is_never_given_out_holds_nobody_up(server: Dovecot, says_no: bool) -> None:
    user, edge, channel = f"poison-{says_no}", MemoryEdge(), Email()
    await put(server, user, *(a_mail(f"n{number}") for number in range(6)))
    async with stubborn((server.host, server.port), uid=3, says_no=says_no) as wire:
        inbox = an_inbox(server, user, imap_port=wire.port)
        while len(edge.journal) < 6:
            polling = asyncio.create_task(channel.poll(inbox, edge))
            await until(lambda polling=polling: polling.done() or len(edge.journal) == 6)
            await ended(polling)
    assert [name for name in subjects(edge) if name in {"n0", "n1", "n3", "n4", "n5"}] == [
        *("n0", "n1", "n3", "n4", "n5")
    ]
    assert "could not be fetched" in edge.arrivals[2].signal.text
    assert 3 <= wire.asked <= 6
    assert (await flags(server, user))[2] is False
