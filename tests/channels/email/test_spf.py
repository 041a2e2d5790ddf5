"""Where a mail was sent from: what the domain of its envelope says of that (RFC 7208)."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from doorstep.channels.email import resolver, spf
from doorstep.channels.email.envelope import Envelope
from doorstep.channels.email.resolver import Resolver
from doorstep.channels.email.spf import checked
from tests.servers.dns import Names, names

SERVER = "192.0.2.10"


@pytest.fixture
async def dns() -> AsyncIterator[Names]:
    async with names() as server:
        server.records[("mail.shop.test", "A")] = [SERVER]
        server.records[("mail.shop.test", "AAAA")] = ["2001:db8::10"]
        server.records[("shop.test", "MX")] = ["10 mail.shop.test."]
        server.texts["sender.test"] = ["v=spf1 ip4:198.51.100.0/24 -all"]
        yield server


async def look(dns: Names, client: str = SERVER, sender: str = "ann@shop.test", helo: str = "h.test") -> str:
    asks = Resolver(["127.0.0.1"], dns.port)
    return await asyncio.to_thread(checked, Envelope(client, sender, helo), asks)


@pytest.mark.parametrize(
    ("record", "client", "result"),
    [
        ("v=spf1 mx -all", SERVER, "pass"),
        ("v=spf1 mx -all", "192.0.2.11", "fail"),
        ("v=spf1 mx/24 -all", "192.0.2.11", "pass"),
        ("v=spf1 a:mail.shop.test ~all", SERVER, "pass"),
        ("v=spf1 a:mail.shop.test ~all", "203.0.113.1", "softfail"),
        ("v=spf1 a:mail.shop.test -all", "2001:db8::10", "pass"),
        ("v=spf1 a:mail.shop.test//64 -all", "2001:db8::99", "pass"),
        ("v=spf1 ip4:192.0.2.0/28 ?all", SERVER, "pass"),
        ("v=spf1 ip4:192.0.2.0/28 ?all", "203.0.113.1", "neutral"),
        ("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::1", "pass"),
        ("v=spf1 include:sender.test -all", "198.51.100.7", "pass"),
        ("v=spf1 include:sender.test -all", SERVER, "fail"),
        ("v=spf1 redirect=sender.test", "198.51.100.7", "pass"),
        ("v=spf1 redirect=sender.test", SERVER, "fail"),
        ("v=spf1 ip4:192.0.2.10", SERVER, "pass"),
        ("v=spf1 ip4:192.0.2.10", "::ffff:192.0.2.10", "pass"),
        ("v=spf1", SERVER, "neutral"),
        ("V=SPF1 MX -ALL", SERVER, "pass"),
        ("v=spf10 -all", SERVER, "none"),
        ("v=spf1 what -all", SERVER, "permerror"),
        ("v=spf1 ip4:nowhere -all", SERVER, "permerror"),
        ("v=spf1 ip4:192.0.2.0/33 -all", SERVER, "permerror"),
        ("v=spf1 include:nowhere.test -all", SERVER, "permerror"),
        ("v=spf1 redirect=nowhere.test", SERVER, "permerror"),
        ("v=spf1 x-by=us exp=why.shop.test mx -all", SERVER, "pass"),
        ("v=spf1  mx  -all  ", SERVER, "pass"),
        ("v=spf1 -a:mail.shop.test +all", SERVER, "fail"),
        ("v=spf1 +all -mx", SERVER, "pass"),
        ("v=spf1 include:shop.test.nowhere.test ?all", SERVER, "permerror"),
        ("v=spf1 a:gone.test a:mail.shop.test -all", SERVER, "pass"),
        ("v=spf1 mx:gone.test -all", SERVER, "fail"),
        ("v=spf1 a:mail.shop.test/0 -all", "203.0.113.1", "pass"),
        ("v=spf1 a:mail.shop.test/0 -all", "2001:db8::99", "fail"),
        ("v=spf1 all redirect=sender.test", "203.0.113.1", "pass"),
    ],
)
async def test_a_record_says_who_sends(dns: Names, record: str, client: str, result: str) -> None:
    dns.texts["shop.test"] = ["something else", record]
    assert await look(dns, client) == result


WORDS = """
    all. all:shop.test all/8 mx: mx/33 mx//129 mx/08 mx:shop.test/ mx:/24 a: a:x a:shop.1 a:shop.-x
    a:x.test:80 a:. ptr: ptr/8 ptr:x include include: include:x.test/24 exists exists:x.test/8
    exists:%{x}.test exists:%{d exists:%d.x exists:%{d0}.test exists:%{c}.test ip4 ip4: ip4:192.0.2
    ip4:192.0.2.1/032 ip4:192.0.2.1//8 ip4:192.0.2.1:80 ip4:::1 ip6: ip6:192.0.2.1 ip6:::1/129
    ip6:::1//33 ip6:1:2 mail redirect= redirect=x exp= exp=x =x.test x=% x=%{ 1=x - --all
"""
ODD = ["redirect=x.y redirect=x.y", "exp=x.y exp=x.y", "a:x.test\0", "x=\x7f", "\tall", "a:é.test", "\x96all"]


@pytest.mark.parametrize("word", [*WORDS.split(), *ODD])
async def test_one_word_that_is_none_spoils_the_record(dns: Names, word: str) -> None:
    dns.texts["shop.test"] = [f"v=spf1 mx {word} -all"]
    assert await look(dns) == "permerror"


async def test_two_records_are_none(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 mx -all", "v=spf1 +all"]
    assert await look(dns) == "permerror"


async def test_a_name_that_leads_to_the_client(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 ptr -all"]
    dns.records[("10.2.0.192.in-addr.arpa", "PTR")] = ["mail.shop.test."]
    dns.records[("11.2.0.192.in-addr.arpa", "PTR")] = ["mail.shop.test."]
    assert await look(dns) == "pass"
    assert await look(dns, "192.0.2.11") == "fail"


async def test_macros_are_filled_in(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 exists:%{ir}.%{l1r-}._at.%{d} -all"]
    dns.records[("10.2.0.192.ann._at.shop.test", "A")] = ["127.0.0.2"]
    assert await look(dns, sender="ann-news@shop.test") == "pass"
    assert await look(dns, sender="news-ann@shop.test") == "fail"
    dns.texts["shop.test"] = ["v=spf1 exists:%{d -all"]
    assert await look(dns) == "permerror"


@pytest.mark.parametrize(
    ("spec", "client", "asked"),
    [
        ("%{s}.x.test", SERVER, r"ann-news\@shop.test.x.test"),
        ("%{o1}.%{d2}.x.test", SERVER, "test.shop.test.x.test"),
        ("%{i}.%{v}.x.test", SERVER, "192.0.2.10.in-addr.x.test"),
        ("%{ir}.%{v}.x.test", "2001:db8::10", f"0.1.{'0.' * 22}8.b.d.0.1.0.0.2.ip6.x.test"),
        ("%{h}.x.test", SERVER, "h.test.x.test"),
        ("%{L}.%{l-}.%{lr-}.x.test", SERVER, "ann-news.ann.news.news.ann.x.test"),
        ("%{p}.x.test", SERVER, "mail.shop.test.x.test"),
        ("%{p}.x.test", "192.0.2.99", "unknown.x.test"),
        ("%%%-.x.test", SERVER, "%%20.x.test"),
        ("%{d}", SERVER, "shop.test"),
    ],
)
async def test_each_macro_is_filled_in(dns: Names, spec: str, client: str, asked: str) -> None:
    dns.texts["shop.test"] = [f"v=spf1 exists:{spec} -all"]
    dns.records[("10.2.0.192.in-addr.arpa", "PTR")] = ["else.test.", "mail.shop.test."]
    dns.records[(asked, "A")] = ["127.0.0.2"]
    assert await look(dns, client, sender="ann-news@shop.test") == "pass"


async def test_a_name_that_becomes_too_long_loses_its_first_labels(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 exists:%{l}.x.test -all"]
    labels = [letter * 60 for letter in "abcde"]
    dns.records[(f"{'.'.join(labels[1:])}.x.test", "A")] = ["127.0.0.2"]
    assert await look(dns, sender=f"{'.'.join(labels)}@shop.test") == "pass"
    assert await look(dns, sender=f"{'.'.join(labels[:-1])}@shop.test") == "fail"


async def test_what_cannot_be_asked_of_a_name_is_passed_over(
    dns: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolver, "LIFETIME", 0.3)
    dns.texts["shop.test"] = ["v=spf1 ptr ip4:192.0.2.10 -all"]
    dns.silent = {"10.2.0.192.in-addr.arpa"}
    assert await look(dns) == "pass"


async def test_mail_servers_beyond_ten_are_too_many(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 mx -all"]
    dns.records[("shop.test", "MX")] = [f"10 n{n}.test." for n in range(10)]
    dns.records[("n9.test", "A")] = [SERVER]
    assert await look(dns) == "pass"
    dns.records[("shop.test", "MX")].append("10 n10.test.")
    assert await look(dns) == "permerror"


async def test_two_answers_may_be_empty_and_no_more(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 a:gone1.test a:gone2.test mx -all"]
    assert await look(dns) == "pass"
    dns.texts["shop.test"] = ["v=spf1 a:gone1.test a:gone2.test a:gone3.test mx -all"]
    assert await look(dns) == "permerror"


async def test_a_bounce_is_judged_by_the_servers_own_name(dns: Names) -> None:
    dns.texts["mail.shop.test"] = ["v=spf1 a -all"]
    assert await look(dns, sender="", helo="mail.shop.test") == "pass"
    assert await look(dns, sender="", helo="[192.0.2.10]") == "none"


async def test_records_that_lead_in_a_circle_end_soon(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 include:shop.test -all"]
    assert await look(dns) == "permerror"
    dns.texts["shop.test"] = [f"v=spf1 {' '.join(f'a:n{n}.test' for n in range(9))} -all"]
    assert await look(dns) == "permerror"
    assert dns.asked["n3.test"] == 0
    for n in range(20):
        dns.records[(f"n{n}.test", "A")] = ["203.0.113.9"]
    dns.texts["shop.test"] = [f"v=spf1 {' '.join(f'a:n{n}.test' for n in range(10))} -all"]
    assert await look(dns) == "fail"
    dns.texts["shop.test"] = [f"v=spf1 {' '.join(f'a:n{n}.test' for n in range(11))} -all"]
    assert await look(dns) == "permerror"


async def test_silence_is_no_answer(dns: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolver, "LIFETIME", 0.3)
    dns.silent = {"shop.test"}
    assert await look(dns) == "temperror"


async def test_it_takes_no_longer_than_it_may(dns: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spf, "LONGEST", -1.0)
    dns.texts["shop.test"] = ["v=spf1 ip4:192.0.2.10 -all"]
    assert await look(dns) == "pass"
    dns.texts["shop.test"] = ["v=spf1 mx -all"]
    assert await look(dns) == "temperror"


@pytest.mark.parametrize(
    "sender", ["ann@nodomain", "@", "ann@" + "a" * 300 + ".test", "ann@é.test", "ann@..", "ann@a b.test"]
)
async def test_a_domain_that_is_none_says_nothing(dns: Names, sender: str) -> None:
    assert await look(dns, sender=sender) == "none"


async def test_odd_senders_do_no_harm(dns: Names) -> None:
    dns.texts["shop.test"] = ["v=spf1 exists:%{l}.%{o}.%{h}.%{v}.%{p}.x.test -all"]
    began = time.monotonic()
    for local in ("\\", "é", "a" * 300, "a..b", "..", "%{s}", '"a b"'):
        assert await look(dns, sender=f"{local}@shop.test", helo="\x7f") in ("fail", "temperror", "permerror")
    assert time.monotonic() - began < 5
