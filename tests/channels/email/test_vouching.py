"""Who vouches: our own server where it is named, else signatures of the sender's own domain."""

import asyncio
import base64
import subprocess
from collections.abc import AsyncIterator, Mapping

import dkim
import pytest

from doorstep.channels.email import resolver
from doorstep.channels.email.relays import networks
from doorstep.channels.email.resolver import NoAnswer, Resolver
from doorstep.channels.email.vouching import vouched
from tests.servers.dns import Names, names

PEM = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
PUBLIC = base64.b64encode(
    subprocess.run(
        ["openssl", "rsa", "-pubout", "-outform", "DER"], input=PEM, check=True, capture_output=True
    ).stdout
).decode()
BODY = b"\r\nWhere is my parcel?\r\n"


def mail(sender: str = "ann@shop.test", more: bytes = b"") -> bytes:
    return more + f"From: Ann <{sender}>\r\nTo: care@our.test\r\nSubject: Hi\r\n".encode() + BODY


def signed(raw: bytes, domain: str = "shop.test", length: bool = False) -> bytes:
    made = dkim.sign(raw, b"s1", domain.encode(), PEM, include_headers=[b"from", b"subject"], length=length)
    return bytes(made) + raw


@pytest.fixture
async def dns() -> AsyncIterator[Names]:
    async with names() as server:
        for domain in ("shop.test", "mail.shop.test", "other.test"):
            server.texts[f"s1._domainkey.{domain}"] = [f"v=DKIM1; k=rsa; p={PUBLIC}"]
        server.texts["_dmarc.shop.test"] = ["v=DMARC1; p=reject"]
        yield server


async def look(
    dns: Names, raw: bytes, authserv_id: str = "", seen: Mapping[str, str] | None = None, relays: str = ""
) -> dict[str, str]:
    asks = Resolver(["127.0.0.1"], dns.port)
    return await asyncio.to_thread(vouched, raw, authserv_id, asks, seen, networks(relays))


async def test_a_good_signature_of_the_senders_domain(dns: Names) -> None:
    assert await look(dns, signed(mail())) == {"dkim": "pass d=shop.test", "dmarc": "pass"}


async def test_line_ends_may_have_been_changed_on_the_way(dns: Names) -> None:
    assert (await look(dns, signed(mail()).replace(b"\r\n", b"\n")))["dmarc"] == "pass"


async def test_a_domain_within_the_organisation_counts_unless_it_is_strict(dns: Names) -> None:
    raw = signed(mail("ann@news.shop.test"), "mail.shop.test")
    assert await look(dns, raw) == {"dkim": "pass d=mail.shop.test", "dmarc": "pass"}
    dns.texts["_dmarc.shop.test"] = ["v=DMARC1; p=reject; adkim=s"]
    assert (await look(dns, raw))["dmarc"] == "unknown"


async def test_what_was_changed_on_the_way_fails(dns: Names) -> None:
    raw = signed(mail()).replace(b"parcel", b"cancel")
    assert await look(dns, raw) == {"dkim": "fail d=shop.test", "dmarc": "fail"}


async def test_another_domains_signature_says_nothing_of_the_sender(dns: Names) -> None:
    assert await look(dns, signed(mail(), "other.test")) == {"dkim": "pass d=other.test", "dmarc": "unknown"}


async def test_without_a_signature_nothing_is_known(dns: Names) -> None:
    assert await look(dns, mail()) == {"dkim": "none", "dmarc": "unknown"}
    assert await look(dns, mail("ann@nowhere.test")) == {}
    asked = dns.asked.total()
    assert await look(dns, mail("ann@shop.example")) == {}
    assert dns.asked.total() == asked


def handed(client: str, sender: str = "ann@shop.test") -> dict[str, str]:
    """What our door saw of a server that handed it a mail."""
    return {"client_ip": client, "helo": "mx.shop.test", "mail_from": sender}


OWN, FOREIGN = "9.9.9.7", "8.8.4.4"
"""Servers: one that shop.test sends from, one that it does not."""


@pytest.fixture
def sends(dns: Names) -> None:
    dns.texts["shop.test"] = dns.texts["other.test"] = ["v=spf1 ip4:9.9.9.0/28 -all"]


@pytest.mark.usefixtures("sends")
async def test_where_it_was_sent_from_vouches_for_the_sender(dns: Names) -> None:
    good = {"dkim": "none", "spf": "pass d=shop.test", "dmarc": "pass"}
    assert await look(dns, mail(), seen=handed(OWN)) == good
    assert await look(dns, mail("ann@news.shop.test"), seen=handed(OWN)) == good
    bad = {"dkim": "none", "spf": "fail d=shop.test", "dmarc": "fail"}
    assert await look(dns, mail(), seen=handed(FOREIGN)) == bad


@pytest.mark.usefixtures("sends")
async def test_a_strict_domain_wants_its_own_name_in_the_envelope(dns: Names) -> None:
    dns.texts["_dmarc.shop.test"] = ["v=DMARC1; p=reject; aspf=s"]
    assert (await look(dns, mail(), seen=handed(OWN)))["dmarc"] == "pass"
    assert (await look(dns, mail("ann@news.shop.test"), seen=handed(OWN)))["dmarc"] == "unknown"


@pytest.mark.usefixtures("sends")
async def test_one_good_reason_is_enough(dns: Names) -> None:
    handed_on = {"dkim": "pass d=shop.test", "spf": "fail d=shop.test", "dmarc": "pass"}
    assert await look(dns, signed(mail()), seen=handed(FOREIGN)) == handed_on
    changed = signed(mail()).replace(b"parcel", b"cancel")
    altered = {"dkim": "fail d=shop.test", "spf": "pass d=shop.test", "dmarc": "pass"}
    assert await look(dns, changed, seen=handed(OWN)) == altered


@pytest.mark.usefixtures("sends")
async def test_another_domains_envelope_says_nothing_of_the_sender(dns: Names) -> None:
    for client, result in ((OWN, "pass"), (FOREIGN, "fail")):
        said = await look(dns, mail(), seen=handed(client, "list@other.test"))
        assert said == {"dkim": "none", "spf": f"{result} d=other.test", "dmarc": "unknown"}


async def test_a_domain_that_says_nothing_is_not_spoken_of(dns: Names) -> None:
    assert await look(dns, mail("ann@nowhere.test"), seen=handed(OWN, "ann@nowhere.test")) == {}
    none = {"dkim": "none", "spf": "none", "dmarc": "unknown"}
    assert await look(dns, mail(), seen=handed(OWN, "ann@nowhere.test")) == none


@pytest.mark.usefixtures("sends")
async def test_without_a_policy_nobody_is_called_forged(dns: Names) -> None:
    del dns.texts["_dmarc.shop.test"]
    for client, result in ((OWN, "pass"), (FOREIGN, "fail")):
        said = {"dkim": "none", "spf": f"{result} d=shop.test", "dmarc": "none"}
        assert await look(dns, mail(), seen=handed(client)) == said


@pytest.mark.usefixtures("sends")
async def test_a_relay_of_ours_says_where_it_was_sent_from(dns: Names) -> None:
    trace = f"Received: from mx.shop.test (unknown [{OWN}])\r\n by our.test (Postfix) with ESMTP\r\n".encode()
    good = {"dkim": "none", "spf": "pass d=shop.test", "dmarc": "pass"}
    assert await look(dns, mail(more=trace), seen=handed("10.0.0.3"), relays="10.0.0.0/24") == good
    unknown = {"dkim": "none", "dmarc": "unknown"}
    assert await look(dns, mail(more=trace), seen=handed("10.0.0.3")) == unknown
    assert await look(dns, mail(more=trace), seen=handed("10.0.1.3"), relays="10.0.0.0/24") == unknown


async def test_our_servers_word_goes_before_what_we_find_ourselves(dns: Names) -> None:
    said = b"Authentication-Results: mx.our.test; spf=pass smtp.mailfrom=shop.test\r\n"
    assert await look(dns, mail(more=said), "mx.our.test", handed(FOREIGN)) == {"spf": "pass"}
    assert dns.asked.total() == 0


@pytest.mark.usefixtures("sends")
async def test_what_cannot_be_asked_blames_nobody(dns: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "LIFETIME", 0.3)
    dns.silent = {"shop.test"}
    changed = signed(mail()).replace(b"parcel", b"cancel")
    silent = {"dkim": "fail d=shop.test", "spf": "temperror d=shop.test", "dmarc": "temperror"}
    assert await look(dns, changed, seen=handed(FOREIGN)) == silent
    dns.silent = {"s1._domainkey.shop.test"}
    silent = {"dkim": "temperror d=shop.test", "spf": "fail d=shop.test", "dmarc": "temperror"}
    assert await look(dns, signed(mail()), seen=handed(FOREIGN)) == silent
    assert (await look(dns, signed(mail()), seen=handed(OWN)))["dmarc"] == "pass"


async def test_a_signature_of_a_part_of_the_body_does_not_count(dns: Names) -> None:
    assert await look(dns, signed(mail(), length=True) + b"more") == {
        "dkim": "neutral d=shop.test",
        "dmarc": "unknown",
    }


async def test_two_senders_are_none(dns: Names) -> None:
    raw = signed(mail())
    assert (await look(dns, b"From: eve@evil.test\r\n" + raw))["dmarc"] == "none"


async def test_our_servers_word_is_believed_when_it_is_named_and_on_top(dns: Names) -> None:
    said = (
        b"Authentication-Results: mx.our.test (a; comment);\r\n dkim=pass (ok) header.d=shop.test;"
        b" spf=softfail smtp.mailfrom=x@y.test;\r\n dmarc=fail header.from=shop.test\r\n"
    )
    forged = b"Authentication-Results: mx.our.test; dmarc=pass\r\n"
    expected = {"dkim": "pass d=shop.test", "spf": "softfail", "dmarc": "fail"}
    assert await look(dns, mail(more=said + forged), "mx.our.test") == expected
    assert dns.asked.total() == 0
    foreign = b"Authentication-Results: mx.evil.test; dmarc=pass; dkim=pass header.d=shop.test\r\n"
    for raw in (mail(more=said), mail(more=foreign), mail(more=foreign + said)):
        assert await look(dns, raw, "mx.else.test") == {"dkim": "none", "dmarc": "unknown"}
    assert await look(dns, mail(more=foreign + said), "mx.our.test") == {"dkim": "none", "dmarc": "unknown"}
    assert await look(dns, mail(more=said)) == {"dkim": "none", "dmarc": "unknown"}


async def test_a_name_server_that_is_silent_blames_nobody(
    dns: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolver, "LIFETIME", 0.3)
    dns.silent = {"s1._domainkey.shop.test", "_dmarc.shop.test"}
    assert await look(dns, signed(mail())) == {"dkim": "temperror d=shop.test", "dmarc": "temperror"}


async def test_answers_are_kept(dns: Names) -> None:
    asks = Resolver(["127.0.0.1"], dns.port)
    for _ in range(3):
        await asyncio.to_thread(vouched, signed(mail()), "", asks)
    assert dns.asked["s1._domainkey.shop.test"] == 1
    assert dns.asked["_dmarc.shop.test"] == 1
    assert issubclass(NoAnswer, Exception)


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"v=1",
        b"v=1; a=rsa-sha256; d=shop.test; s=s1; h=from; bh=x; b=y",
        b"v=1; a=rsa-sha256; d=\xff\xfe; s=s1; h=from; bh=eA==; b=eA==",
        b"v=1; a=rsa-sha256; d=" + b"x" * 300 + b".test; s=s1; h=from; bh=eA==; b=eA==",
        b"v=9; a=md5; d=shop.test; s=s1; h=subject; bh=eA==; b=eA==; t=x; x=y",
    ],
)
async def test_signatures_that_are_none_do_no_harm(dns: Names, signature: bytes) -> None:
    found = await look(dns, mail(more=b"DKIM-Signature: " + signature + b"\r\n"))
    assert found["dkim"].startswith(("fail", "temperror"))
    assert found["dmarc"] != "pass"
