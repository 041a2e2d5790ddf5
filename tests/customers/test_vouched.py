"""Vouched: what a channel's mechanism says of a sender."""

import pytest

from doorstep.customers.vouched import believed, vouched
from doorstep.kernel import Address, AddressKind

ANA = Address(AddressKind.MAILBOX, "ana@mail.example")
CALL = Address(AddressKind.NUMBER, "+491701234567")


@pytest.mark.parametrize(
    ("attested", "verdict"),
    [
        ({"dkim": "pass"}, "attested"),
        ({"dkim": "pass d=mail.example"}, "attested"),
        ({"dkim": "pass d=elsewhere.example"}, "unverified"),
        ({"spf": "pass"}, "attested"),
        ({"spf": "pass d=mail.example", "dkim": "none", "dmarc": "none"}, "attested"),
        ({"spf": "pass d=bounces.elsewhere.example", "dkim": "none", "dmarc": "none"}, "unverified"),
        ({"dkim": "fail d=mail.example", "spf": "pass d=elsewhere.example", "dmarc": "unknown"}, "failed"),
        ({"dkim": "fail d=list.example", "dmarc": "none"}, "unverified"),
        ({"dkim": "temperror d=mail.example", "dmarc": "temperror"}, "unverified"),
        ({"dkim": "none"}, "unverified"),
        ({}, "unverified"),
        ({"dkim": "fail"}, "failed"),
        ({"dkim": "fail", "spf": "pass"}, "failed"),
        ({"dkim": "fail", "dmarc": "pass"}, "attested"),
        ({"dmarc": "fail", "dkim": "fail d=mail.example"}, "failed"),
        ({"dmarc": "unknown", "dkim": "none"}, "unverified"),
    ],
)
def test_a_mail(attested: dict[str, str], verdict: str) -> None:
    assert vouched(ANA, attested) == verdict


def test_a_call() -> None:
    assert vouched(CALL, {"stir": "A"}) == "attested"
    assert vouched(CALL, {"stir": "C"}) == "unverified"
    assert vouched(CALL, {"wa_id": "491701234567"}) == "attested"


def test_a_forged_address_is_only_claimed() -> None:
    assert believed(ANA, {"dkim": "fail"}).kind == AddressKind.CLAIMED
    assert believed(ANA, {"dkim": "pass"}) is ANA
