"""Which servers are ours, as an inbox's settings name them."""

import msgspec
import pytest

from doorstep.channels.email.channel import CHANNEL
from doorstep.channels.email.relays import is_one, is_outside, networks
from doorstep.channels.email.settings import EmailSettings
from doorstep.kernel import Invalid
from doorstep.spine.inbox_settings import check_settings

OURS = networks("9.9.9.0/24, 2620:fe::/32 10.0.0.3")


@pytest.mark.parametrize(
    ("client", "ours", "outside"),
    [
        ("9.9.9.9", True, True),
        ("9.9.8.9", False, True),
        ("::ffff:9.9.9.9", True, True),
        ("2620:fe::9", True, True),
        ("2606:4700::1", False, True),
        ("10.0.0.3", True, False),
        ("::ffff:10.0.0.3", True, False),
        ("10.0.0.4", False, False),
        ("127.0.0.1", False, False),
        ("::1", False, False),
        ("fe80::1%eth0", False, False),
        ("192.0.2.7", False, False),
        ("", False, False),
        ("somewhere", False, False),
    ],
)
def test_ours_are_those_that_are_named(client: str, ours: bool, outside: bool) -> None:
    assert is_one(client, OURS) is ours
    assert is_outside(client) is outside


def test_nobody_is_ours_unless_it_is_named() -> None:
    assert not is_one("127.0.0.1", networks(""))
    assert msgspec.json.decode(b"{}", type=EmailSettings).relays == ""


@pytest.mark.parametrize(
    "relays", ["", "127.0.0.1", "10.0.0.0/8 192.168.1.7", "10.0.0.1/8,::1", "2001:db8::/32, 1.2.3.4"]
)
def test_the_settings_page_takes_addresses_and_networks(relays: str) -> None:
    check_settings(CHANNEL, {"relays": relays})


@pytest.mark.parametrize(
    "relays", ["mx.shop.test", "10.0.0", "10.0.0.256", "10.0.0.0/33", "::/129", "1.2.3.4;"]
)
def test_what_is_neither_is_said_beside_its_field(relays: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check_settings(CHANNEL, {"relays": relays})
    said = wrong.value.extra["errors"]
    assert isinstance(said, list)
    assert [error["field"] for error in said] == ["settings.relays"]


@pytest.mark.parametrize("relays", ["1:2:3:4:5:6:7:8:9", "::1::2", "1::2.3.4"])
def test_what_only_looks_like_an_address_is_refused(relays: str) -> None:
    with pytest.raises(Invalid):
        check_settings(CHANNEL, {"relays": relays})
