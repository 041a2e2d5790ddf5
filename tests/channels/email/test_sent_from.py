"""Where a mail was sent from: real servers hand it on and write down from whom; our own DNS is asked.

`XCLIENT` makes Postfix believe that we are a client from elsewhere; it writes that into its `Received`.
"""

import asyncio
import smtplib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from doorstep.channels.email import resolver
from doorstep.channels.email.channel import Email
from doorstep.channels.email.resolver import Resolver
from doorstep.channels.email.wire import parse
from doorstep.kernel import Arrival, Inbox
from doorstep.testing import MemoryEdge, TurnableClock
from tests.channels.email.mails import INBOX, NOON, mail
from tests.parts import until
from tests.servers.dns import Names, names
from tests.servers.dovecot import dovecot
from tests.servers.postfix import Postfix, postfix

OWN, FOREIGN = "9.9.9.7", "8.8.4.4"
"""Servers: one that shop.test sends from, one that it does not."""
ANN = "ann@shop.test"
FORGED = f"from mx.shop.test (mx.shop.test [{OWN}]) by 127.0.0.1 (Postfix) with ESMTP id 4X1"
RELAYED = msgspec.structs.replace(INBOX, settings=b'{"relays": "127.0.0.1"}')
VOUCHED = {"dkim": "none", "spf": "pass d=shop.test", "dmarc": "pass"}
MAY_BE_FORGED = {"dkim": "none", "spf": "fail d=shop.test", "dmarc": "fail"}
NOT_KNOWN = {"dkim": "none", "dmarc": "unknown"}


@pytest.fixture
async def dns() -> AsyncIterator[Names]:
    async with names() as server:
        server.texts["shop.test"] = ["v=spf1 mx -all"]
        server.records[("shop.test", "MX")] = ["10 mx.shop.test."]
        server.records[("mx.shop.test", "A")] = [OWN]
        server.records[("mx.shop.test", "AAAA")] = ["2620:fe::7"]
        server.texts["mx.shop.test"] = ["v=spf1 a -all"]
        server.texts["_dmarc.shop.test"] = ["v=DMARC1; p=reject"]
        yield server


class House:
    """An open door, and what is found of the mails it takes."""

    def __init__(self, port: int, edge: MemoryEdge, channel: Email) -> None:
        self.port, self.edge, self.channel = port, edge, channel

    async def taken(self) -> Arrival:
        """The mail that comes, which is the only one."""
        await until(lambda: self.edge.journal)
        (arrival,) = self.edge.journal.values()
        self.edge.journal.clear()
        return arrival

    async def look(self, inbox: Inbox = RELAYED) -> dict[str, str]:
        arrival = await self.taken()
        return await self.channel.look(inbox, arrival.signal, arrival.raw)


@pytest.fixture
async def house(dns: Names) -> AsyncIterator[House]:
    channel, edge = Email(TurnableClock(), Resolver(["127.0.0.1"], dns.port)), MemoryEdge(INBOX)
    door = await channel.listen(edge, {"port": 0})
    yield House(int(door.address.rpartition(":")[2]), edge, channel)
    await door.close()


@pytest.fixture
async def relay(house: House, tmp_path: Path) -> AsyncIterator[Postfix]:
    async with postfix(tmp_path, smtp=house.port) as server:
        yield server


async def send(
    port: int, raw: bytes, sender: str = ANN, client: str = "", helo: str = "mx.shop.test"
) -> None:
    """Hand a mail in, as a server from elsewhere if `client` says so."""

    def spoken() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as to:
            if client:
                to.ehlo("test")
                assert to.docmd("XCLIENT", f"NAME=[UNAVAILABLE] ADDR={client}")[0] == 220
            to.ehlo(helo)
            assert to.mail(sender)[0] == 250
            assert to.rcpt("support@shop.test")[0] == 250
            assert to.data(raw)[0] == 250

    await asyncio.to_thread(spoken)


async def test_postfix_had_it_from_the_sender_s_server(relay: Postfix, house: House) -> None:
    await send(relay.port, mail(From=ANN), client=OWN)
    assert await house.look() == VOUCHED


@pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="this machine has no IPv6")
async def test_a_server_that_comes_by_six(relay: Postfix, house: House) -> None:
    await send(relay.port, mail(From=ANN), client="IPV6:2620:fe::7")
    assert await house.look() == VOUCHED
    await send(relay.port, mail(From=ANN, Message_ID="<2@shop.test>"), client="IPV6:2620:fe::8")
    assert await house.look() == MAY_BE_FORGED


async def test_what_a_forger_writes_below_is_not_believed(relay: Postfix, house: House) -> None:
    await send(relay.port, mail(From=ANN, Received=FORGED), client=FOREIGN)
    assert await house.look() == MAY_BE_FORGED


async def test_what_a_forger_calls_itself_is_not_believed(relay: Postfix, house: House) -> None:
    for n, helo in enumerate((f"[{OWN}]", f"helo=[{OWN}]", f"x({OWN})", f"a (b [{OWN}])")):
        await send(relay.port, mail(From=ANN, Message_ID=f"<{n}@shop.test>"), client=FOREIGN, helo=helo)
        assert await house.look() == MAY_BE_FORGED


async def test_a_bounce_is_judged_by_its_server_s_name(relay: Postfix, house: House) -> None:
    await send(relay.port, mail(From="postmaster@shop.test"), sender="", client=OWN)
    assert await house.look() == VOUCHED | {"spf": "pass d=mx.shop.test"}
    await send(relay.port, mail(From="postmaster@mx.shop.test"), sender="", client=FOREIGN)
    assert await house.look() == MAY_BE_FORGED | {"spf": "fail d=mx.shop.test"}


async def test_a_relay_that_is_not_named_is_not_asked(relay: Postfix, house: House) -> None:
    await send(relay.port, mail(From=ANN), client=OWN)
    assert await house.look(INBOX) == NOT_KNOWN


async def test_a_program_of_the_house_is_not_asked_where_it_comes_from(house: House) -> None:
    await send(house.port, mail(From=ANN))
    assert await house.look() == NOT_KNOWN
    await send(house.port, mail(From=ANN, Received=FORGED, Message_ID="<2@shop.test>"))
    assert await house.look(INBOX) == NOT_KNOWN


async def test_out_of_a_mailbox_that_a_relay_fills(house: House, tmp_path: Path) -> None:
    async with dovecot(tmp_path) as box, postfix(tmp_path, lmtp=box.lmtp_port) as server:
        await send(server.port, mail(From=ANN, Received=FORGED, Return_Path=f"<{ANN}>"), client=FOREIGN)
        await until(lambda: box.mails("support@shop.test"), 20)
        (raw,) = box.mails("support@shop.test")
    signal = parse(RELAYED, raw, {}, NOON).arrival.signal
    assert await house.channel.look(RELAYED, signal, raw) == MAY_BE_FORGED
    assert await house.channel.look(INBOX, signal, raw) == NOT_KNOWN


async def test_nobody_waits_for_a_dns_that_is_silent(
    house: House, dns: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolver, "LIFETIME", 1.0)
    dns.silent = {"shop.test", "_dmarc.shop.test"}
    seen = {"client_ip": FOREIGN, "helo": "mx.shop.test", "mail_from": ANN}
    signal = parse(INBOX, mail(From=ANN), seen, NOON).arrival.signal
    looking = [asyncio.create_task(house.channel.look(INBOX, signal, mail(From=ANN))) for _ in range(40)]
    await until(lambda: dns.asked["shop.test"] >= 4)
    began = time.monotonic()
    await send(house.port, mail("a long letter\r\n" * 20_000))
    await house.taken()
    assert time.monotonic() - began < 1
    assert await looking[0] == {"dkim": "none", "spf": "temperror d=shop.test", "dmarc": "temperror"}
    for task in looking:
        task.cancel()
