"""The door, knocked at by real clients: smtplib and swaks."""

import asyncio
import smtplib
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from doorstep.channels.email.channel import Email
from doorstep.channels.email.crowd import Crowd, client_of
from doorstep.kernel import Inbox, Misconfigured, new_id
from doorstep.testing import MemoryEdge, TurnableClock
from tests.channels.email.certificate import certificate
from tests.channels.email.mails import INBOX, mail, multipart
from tests.parts import until
from tests.servers.programs import program

SALES = Inbox(new_id(), "email", "Sales", "sales@shop.test")


@asynccontextmanager
async def an_open_door(
    edge: MemoryEdge | None = None, **settings: Any
) -> AsyncIterator[tuple[MemoryEdge, int]]:
    edge = edge or MemoryEdge(INBOX, SALES)
    door = await Email(TurnableClock()).listen(edge, {"port": 0, **settings})
    try:
        yield edge, int(door.address.rpartition(":")[2])
    finally:
        await door.close()


Answer = tuple[int, bytes]


async def knock(port: int, say: Callable[[smtplib.SMTP], Any]) -> Any:
    def spoken() -> Any:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            client.ehlo("customer.example.test")
            return say(client)

    return await asyncio.to_thread(spoken)


def delivery(
    raw: bytes, *recipients: str, sender: str = "ada@example.test"
) -> Callable[[smtplib.SMTP], Answer]:
    """One mail in one transaction; the last answer, or the first refusal."""

    def said(client: smtplib.SMTP) -> Answer:
        answers = [client.mail(sender), *(client.rcpt(recipient) for recipient in recipients)]
        refusals = [answer for answer in answers if answer[0] >= 400]
        return refusals[0] if refusals else client.data(raw)

    return said


async def test_says_250_with_the_signal_s_id_when_it_is_kept() -> None:
    async with an_open_door() as (edge, port):
        code, said = await knock(port, delivery(mail("Hello"), "support@shop.test"))
    (signal_id,) = edge.journal
    assert (code, said.decode()) == (250, f"2.0.0 Accepted as {signal_id}")
    assert edge.journal[signal_id].signal.text == "Hello"
    assert edge.journal[signal_id].signal.attested == {
        "client_ip": "127.0.0.1",
        "helo": "customer.example.test",
        "mail_from": "ada@example.test",
    }


async def test_one_id_runs_from_the_answer_through_the_log() -> None:
    with capture_logs() as log:
        async with an_open_door() as (_, port):
            _, said = await knock(port, delivery(mail("Secret words"), "support@shop.test"))
    (entry,) = [entry for entry in log if entry["event"] == "mail accepted"]
    assert said.decode().endswith(entry["signal_id"])
    assert entry["fresh"] is True
    assert "Secret words" not in str(log)
    assert "ada@example.test" not in str(log)


async def test_the_files_are_kept_before_it_is_accepted() -> None:
    attached = "Content-Type: image/png; name=p.png\r\nContent-Disposition: attachment\r\n\r\nPNG"
    async with an_open_door() as (edge, port):
        await knock(port, delivery(multipart("\r\nsee", attached), "support@shop.test"))
    (arrival,) = edge.arrivals
    assert await edge.files.read(arrival.signal.attachments[0].sha256) == b"PNG"


async def test_twice_delivered_is_once_stored() -> None:
    async with an_open_door() as (edge, port):
        first = await knock(port, delivery(mail("Hello"), "support@shop.test"))
        again = await knock(port, delivery(b"Received: elsewhere\r\n" + mail("Hello"), "support@shop.test"))
    assert again == first
    assert len(edge.arrivals) == 1


async def test_a_mail_to_two_inboxes_is_two_arrivals() -> None:
    async with an_open_door() as (edge, port):
        recipients = ("support@shop.test", "SALES+k7d2m9q4@Shop.test", "support+tok@shop.test")
        _, said = await knock(port, delivery(mail("Hello"), *recipients))
    found = {arrival.signal.inbox_id: arrival.signal.token for arrival in edge.arrivals}
    assert found == {INBOX.id: "tok", SALES.id: "k7d2m9q4"}
    assert all(str(signal_id) in said.decode() for signal_id in edge.journal)


@pytest.mark.parametrize(
    "recipient", ["nobody@shop.test", "support@other.test", "support", "@shop.test", "x+support@shop.test"]
)
async def test_takes_nothing_for_others(recipient: str) -> None:
    async with an_open_door() as (edge, port):
        code, _ = await knock(port, delivery(mail(), recipient))
    assert code in (550, 553, 501)
    assert edge.arrivals == []


async def test_asks_to_come_back_when_we_are_full() -> None:
    async with an_open_door() as (edge, port):
        edge.full = True
        code, said = await knock(port, delivery(mail("Hello"), "support@shop.test"))
        assert (code, said[:6]) == (452, b"4.3.1 ")
        edge.full = False
        assert (await knock(port, delivery(mail("Hello"), "support@shop.test")))[0] == 250
    assert len(edge.arrivals) == 1


async def test_what_is_full_says_so_before_the_mail_comes() -> None:
    async with an_open_door() as (edge, port):

        def said(client: smtplib.SMTP) -> list[Answer]:
            edge.full = True
            answers = [client.mail("ada@example.test")]
            edge.full = False
            answers.append(client.mail("ada@example.test"))
            edge.full = True
            return [*answers, client.rcpt("support@shop.test")]

        answers = await knock(port, said)
    assert [(code, said[:6]) for code, said in answers] == [
        (452, b"4.3.1 "),
        (250, b"2.1.0 "),
        (452, b"4.3.1 "),
    ]


async def test_what_becomes_full_while_a_mail_comes_keeps_nothing_of_it() -> None:
    attached = "Content-Type: image/png; name=p.png\r\nContent-Disposition: attachment\r\n\r\nPNG"
    async with an_open_door() as (edge, port):

        def said(client: smtplib.SMTP) -> Answer:
            client.mail("ada@example.test")
            client.rcpt("support@shop.test")
            client.docmd("DATA")
            edge.full = True
            client.send(multipart("\r\nsee", attached) + b"\r\n.\r\n")
            return client.getreply()

        code, said_of_it = await knock(port, said)
    assert (code, said_of_it[:6]) == (452, b"4.3.1 ")
    assert edge.files.kept == {}


async def test_acknowledges_nothing_when_we_fail() -> None:
    async with an_open_door() as (edge, port):
        edge.failing = OSError("the disk is gone")
        with capture_logs() as log:
            code, said = await knock(port, delivery(mail("Hello"), "support@shop.test"))
    assert (code, said[:6]) == (451, b"4.3.0 ")
    assert b"disk" not in said
    assert [str(entry["exc_info"]) for entry in log if entry["log_level"] == "error"] == ["the disk is gone"]


async def test_an_empty_mail_is_refused_for_good() -> None:
    async with an_open_door() as (edge, port):
        code, said = await knock(port, delivery(b"\r\n", "support@shop.test"))
    assert (code, edge.arrivals) == (554, [])
    assert b"empty" in said


async def test_says_what_it_takes() -> None:
    async with an_open_door(max_size=5_000, hostname="mx.shop.test") as (_, port):
        offered = await knock(port, lambda client: (client.ehlo()[1], client.esmtp_features))
    assert offered[0].startswith(b"mx.shop.test")
    assert offered[1]["size"] == "5000"
    assert {"8bitmime", "smtputf8"} <= set(offered[1])
    assert not {"starttls", "auth"} & set(offered[1])


async def test_a_mail_too_large_is_refused_before_and_after() -> None:
    async with an_open_door(max_size=5_000) as (edge, port):
        announced = await knock(port, lambda client: client.mail("ada@example.test", ["SIZE=6000"]))
        sent = await knock(port, delivery(mail("x\r\n" * 3_000), "support@shop.test"))
    assert (announced[0], sent[0], edge.arrivals) == (552, 552, [])


async def test_a_large_mail_is_read_beside_the_others() -> None:
    async with an_open_door() as (edge, port):
        large = delivery(mail("long line " * 8_000 + "\r\n" + "row\r\n" * 500_000), "support@shop.test")
        refused = await knock(port, large)
        assert refused[0] == 500, "a line of 80,000 bytes is too long"
        answer = await knock(port, delivery(mail("row\r\n" * 500_000), "support@shop.test"))
    assert answer[0] == 250
    assert [file.size for file in edge.arrivals[0].signal.attachments] == [1_999_999]


async def test_too_many_recipients_are_put_off() -> None:
    async with an_open_door(max_recipients=3) as (_, port):
        recipients = [f"support+{n}@shop.test" for n in range(4)]
        code, said = await knock(port, delivery(mail(), *recipients))
    assert (code, said[:6]) == (452, b"4.5.3 ")


async def test_too_many_connections_are_told_so() -> None:
    async with an_open_door(max_connections=2) as (_, port):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        greetings = [await reader.readline() for reader, _ in held]
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        assert [greeting[:3] for greeting in greetings] == [b"220", b"220", b"421"]
        await asyncio.sleep(0.05)
        assert (await knock(port, delivery(mail(), "support@shop.test")))[0] == 250


async def test_who_connects_a_thousand_times_is_alone_in_it() -> None:
    async with an_open_door(max_connections_of_one=3) as (_, port):
        crowd = [
            await asyncio.open_connection("127.0.0.1", port, local_addr=("127.0.0.9", 0)) for _ in range(1000)
        ]
        greetings = Counter([(await reader.readline())[:9] for reader, _ in crowd])
        assert greetings[b"421 4.3.2"] == 997
        assert (await knock(port, delivery(mail(), "support@shop.test")))[0] == 250
        crowd[0][1].close()
        await until(lambda: connects(port, "127.0.0.9"))
        for _, writer in crowd:
            writer.close()


async def connects(port: int, client: str) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(client, 0))
    greeting = await reader.readline()
    writer.close()
    return greeting.startswith(b"220")


BEGUN = b"EHLO a\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<support@shop.test>\r\nDATA\r\n"
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def sending(port: int, client: str, pieces: bytes) -> Line:
    """A client that has begun a mail, and stays within it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(client, 0))
    writer.write(BEGUN)
    await reader.readuntil(b"354")
    await reader.readline()
    writer.write(pieces)
    await writer.drain()
    return reader, writer


async def test_a_client_that_brings_too_much_at_once_is_alone_in_it() -> None:
    row = b"x" * 998 + b"\r\n"
    async with an_open_door(max_bytes=400_000) as (edge, port):
        held = [await sending(port, f"127.0.0.{n}", row * 130) for n in (5, 6)]
        reader, writer = await sending(port, "127.0.0.5", row * 100)
        assert (await reader.readline())[:9] == b"421 4.3.1"
        assert await reader.read() == b""
        writer.close()
        for reader, writer in held:
            writer.write(b".\r\n")
            assert (await reader.readline())[:9] == b"250 2.0.0"
            writer.close()
        await until(lambda: taken(port))
    assert len(edge.arrivals) == 2


def test_half_of_all_bytes_is_for_one_client_and_no_more_than_there_are_for_all() -> None:
    crowd = Crowd(10, 10, 1_000)
    assert not crowd.hold("a", 501)
    assert crowd.hold("a", 500)
    assert (crowd.has_room("a"), crowd.has_room("b")) == (False, True)
    assert crowd.hold("b", 251)
    assert (crowd.has_room("a"), crowd.has_room("b"), crowd.has_room("c")) == (False, False, False)
    assert crowd.hold("c", 249)
    assert not crowd.hold("c", 1)
    crowd.let_go("a", 500)
    assert crowd.has_room("a")
    assert crowd.hold("c", 251)


async def test_a_mail_that_begins_when_there_is_no_room_is_put_off() -> None:
    async with an_open_door(max_bytes=300_000) as (_, port):
        row = b"x" * 998 + b"\r\n"
        held = [await sending(port, f"127.0.0.{n}", row * 140) for n in (5, 6)]
        await until(lambda: put_off(port))
        for _, writer in held:
            writer.close()
        await until(lambda: taken(port))


async def answer_of(port: int) -> Answer:
    try:
        return await knock(port, delivery(mail(), "support@shop.test"))  # type: ignore[no-any-return]
    except smtplib.SMTPDataError as refused:
        return refused.smtp_code, bytes(refused.smtp_error)


async def put_off(port: int) -> bool:
    code, said = await answer_of(port)
    return (code, said[:6]) == (452, b"4.3.1 ")


async def taken(port: int) -> bool:
    return (await answer_of(port))[0] == 250


async def test_a_mail_of_empty_lines_weighs_what_it_takes_to_read_it() -> None:
    async with an_open_door(max_bytes=2_000_000) as (_, port):
        reader, writer = await sending(port, "127.0.0.5", b"\r\n" * 20_000)
        assert (await reader.read())[:9] == b"421 4.3.1"
        writer.close()


async def test_a_mail_over_the_size_is_read_to_its_end_and_weighs_nothing() -> None:
    async with an_open_door(max_bytes=100_000, max_size=5_000) as (_, port):
        assert (await knock(port, delivery(mail(("x" * 900 + "\r\n") * 900), "support@shop.test")))[0] == 552


async def test_who_is_silent_is_left_and_who_is_only_slow_is_not() -> None:
    async with an_open_door(timeout=0.4, max_seconds=60) as (edge, port):
        reader, writer = await sending(port, "127.0.0.1", b"Subject: slow\r\n")
        for _ in range(6):
            await asyncio.sleep(0.1)
            writer.write(b"x\r\n")
        writer.write(b".\r\n")
        assert (await reader.readline())[:3] == b"250"
        assert await reader.read() == b"", "a silent client was not left"
        writer.close()
    assert len(edge.arrivals) == 1


async def test_a_mail_that_comes_too_slowly_is_given_up() -> None:
    async with an_open_door(timeout=0.3, max_seconds=0.5) as (edge, port):
        reader, writer = await sending(port, "127.0.0.1", b"Subject: slower\r\n")
        ended = asyncio.ensure_future(reader.read())
        while not ended.done():
            writer.write(b"x\r\n")
            await asyncio.wait([ended], timeout=0.05)
        writer.close()
    assert edge.arrivals == []


@pytest.mark.parametrize(
    ("peer", "client"),
    [
        (("192.0.2.7", 4000), "192.0.2.7"),
        (("::ffff:192.0.2.7", 4000, 0, 0), "192.0.2.7"),
        (("2001:db8:1:2:aaaa::1", 4000, 0, 0), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 4000, 0, 2), "fe80::/64"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_ipv6_host_is_one_client_by_its_network(peer: object, client: str) -> None:
    assert client_of(asyncio.BaseTransport({"peername": peer})) == client


async def test_a_bare_line_end_ends_nothing() -> None:
    smuggled = mail("one\n.\nMAIL FROM:<x@y.test>\nRCPT TO:<support@shop.test>\nDATA\nSubject: two\n\ntwo")

    async def spoken(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = b"EHLO a\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<support@shop.test>\r\nDATA\r\n"
        writer.write(lines + smuggled + b"\r\n.\r\nQUIT\r\n")
        answers = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answers

    async with an_open_door() as (edge, port):
        answers = await spoken(port)
    assert answers.count(b"Accepted as") == 1
    assert len(edge.arrivals) == 1
    assert "MAIL FROM" in edge.arrivals[0].signal.text


async def test_starttls(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=str(cert))

    def secretly(client: smtplib.SMTP) -> Answer:
        client._host = "localhost"
        client.starttls(context=trusted)
        client.ehlo()
        assert not client.has_extn("starttls")
        return delivery(mail("Whispered"), "support@shop.test")(client)

    async with an_open_door(certificate=str(cert), key=str(key)) as (edge, port):
        assert (await knock(port, secretly))[0] == 250
        assert (await knock(port, delivery(mail("Aloud"), "support@shop.test")))[0] == 250
    assert [arrival.signal.text for arrival in edge.arrivals] == ["Whispered", "Aloud"]


async def test_closing_finishes_the_mail_in_hand() -> None:
    edge = MemoryEdge(INBOX)
    held, reached = asyncio.Event(), asyncio.Event()
    accept = edge.accept

    async def slowly(*arguments: Any) -> Any:
        reached.set()
        await held.wait()
        return await accept(*arguments)

    edge.accept = slowly  # type: ignore[method-assign]
    door = await Email().listen(edge, {"port": 0})
    sending = asyncio.create_task(
        knock(int(door.address.rpartition(":")[2]), delivery(mail("Hello"), "support@shop.test"))
    )
    await reached.wait()
    closing = asyncio.create_task(door.close())
    await asyncio.sleep(0.05)
    held.set()
    await closing
    assert (await sending)[0] == 250
    assert len(edge.arrivals) == 1


async def test_a_taken_port_and_a_wrong_setting_are_told() -> None:
    async with an_open_door() as (edge, port):
        with pytest.raises(Misconfigured, match=f"127.0.0.1:{port}"):
            await Email().listen(edge, {"port": port})
        with pytest.raises(Misconfigured, match="colour"):
            await Email().listen(edge, {"colour": "red"})
        with pytest.raises(Misconfigured, match="certificate"):
            await Email().listen(edge, {"port": 0, "certificate": "/nowhere"})


SWAKS = ["--from", "ada@example.test", "--to", "support+k7d2m9q4@shop.test", "--h-Subject", "Größe falsch"]


@pytest.mark.parametrize("extra", [[], ["--attach", "-"], ["--pipeline"], ["--protocol", "SMTP"]], ids=str)
async def test_swaks_gets_in(extra: list[str]) -> None:
    swaks = program("swaks")
    async with an_open_door() as (edge, port):
        process = await asyncio.create_subprocess_exec(
            *(swaks, "--server", "127.0.0.1", "--port", str(port), "--body", "Wo ist es?", *SWAKS, *extra),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        spoken, _ = await process.communicate(b"a file")
    assert process.returncode == 0, spoken.decode()
    (arrival,) = edge.arrivals
    assert (arrival.signal.subject, arrival.signal.token) == ("Größe falsch", "k7d2m9q4")
    assert "Wo ist es?" in arrival.signal.text
    assert len(arrival.signal.attachments) == ("--attach" in extra)
