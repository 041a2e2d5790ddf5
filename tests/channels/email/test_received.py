"""What a relay wrote on top, in the words of each program; and what a client wants it to look like."""

import time

import pytest

from doorstep.channels.email.received import Hop, hop

TLS = "(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) (No client certificate requested)"


@pytest.mark.parametrize(
    "written",
    [
        f"from mx.a.test (mail.a.test [9.9.9.9]) {TLS} by our.test (Postfix) with ESMTPS id 1",
        "from mx.a.test (unknown [9.9.9.9]) by our.test (Postfix) with SMTP id 1",
        "from mx.a.test (mail.a.test [9.9.9.9]:4711) by our.test (Postfix) with ESMTP",
        "from mx.a.test (mail.a.test [9.9.9.9] (may be forged)) by our.test (8.17/8.17) with ESMTP",
        "from mx.a.test (IDENT:joe@mail.a.test [9.9.9.9]) by our.test (8.9.3)",
        "from mx.a.test ([9.9.9.9]) by store.our.test with LMTP id 1 (envelope-from <a@a.test>)",
        "from mail.a.test ([9.9.9.9] helo=mx.a.test) by our.test with esmtps (TLS1.3)",
        "from [9.9.9.9] (helo=mx.a.test) by our.test with esmtp (Exim 4.96)",
        "from mx.a.test (9.9.9.9) by EX1.our.test (10.0.0.1) with Microsoft SMTP Server",
        "from unknown (HELO mx.a.test) (9.9.9.9) by our.test with SMTP; 1 Jan 2026",
        "from\tmx.a.test\n (unknown\t[9.9.9.9]) by our.test with ESMTP",
    ],
)
def test_each_program_says_it_in_its_way(written: str) -> None:
    assert hop(written) == Hop("9.9.9.9", "mx.a.test")


@pytest.mark.parametrize(
    "written",
    [
        "from mx.a.test (unknown [IPv6:2620:fe::9]) by our.test (Postfix) with ESMTP id 1",
        "from mx.a.test (2620:fe::9) by EX1.our.test (10.0.0.1) with Microsoft SMTP Server",
    ],
)
def test_six_is_read_as_four_is(written: str) -> None:
    assert hop(written) == Hop("2620:fe::9", "mx.a.test")


@pytest.mark.parametrize(
    "written",
    [
        "from [8.8.8.8] (unknown [9.9.9.9]) by our.test (Postfix) with ESMTP id 1",
        "from mail.a.test ([9.9.9.9]:4711 helo=[8.8.8.8]) by our.test with esmtp",
        "from [9.9.9.9]:4711 (port=4711 helo=[8.8.8.8]) by our.test with esmtp (Exim 4.96)",
        "from unknown (HELO [8.8.8.8]) (9.9.9.9) by our.test with SMTP; 1 Jan 2026",
        "from mail.a.test (HELO [8.8.8.8]) (joe@9.9.9.9) by our.test with SMTP; 1 Jan 2026",
    ],
)
def test_a_name_that_looks_like_an_address_is_none(written: str) -> None:
    assert hop(written) == Hop("9.9.9.9", "[8.8.8.8]")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "by 2002:a05:6a20:1234 with SMTP id x; 1 Jan 2026",
        "from mx.a.test by our.test with ESMTP id 1",
        "from mx.a.test (mail.a.test [999.9.9.9]) by our.test with ESMTP",
        "from mx.a.test (mail.a.test [9.9.9.9",
        "(Postfix, from userid 0) id 1; 1 Jan 2026",
        "something from mx.a.test (mail.a.test [9.9.9.9]) by our.test",
    ],
)
def test_what_cannot_be_read_says_nothing(written: str) -> None:
    assert hop(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "from laptop (home.a.test [9.9.9.9]) (Authenticated sender: j) by our.test (Postfix) with ESMTPSA",
        "from laptop ([9.9.9.9] helo=x) by our.test with esmtpa (Exim 4.96)",
        "from laptop (home.a.test [9.9.9.9]) (authenticated bits=0) by our.test (8.17/8.17) with ESMTP",
    ],
)
def test_one_who_signed_in_is_no_server_that_sends(written: str) -> None:
    assert hop(written) is None


def test_no_line_takes_long() -> None:
    began = time.monotonic()
    for piece in ("from (", "from a (b ", "[", "(HELO ", " with E", "9.", "helo=", "\t"):
        assert hop(f"from {piece * 20_000}") is None
    assert time.monotonic() - began < 1
