"""Who hands mail to our door: a server of ours, or somebody else's."""

import pytest

from doorstep.channels.email.relays import is_ours, networks, seen
from doorstep.kernel import Misconfigured


@pytest.mark.parametrize(
    ("client", "ours"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.0.0.3", True),
        ("fe80::1", True),
        ("", True),
        ("somewhere", True),
        ("8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("::ffff:10.0.0.3", True),
        ("2606:4700::1", False),
        ("9.9.9.9", True),
        ("2620:fe::9", True),
    ],
)
def test_private_ones_and_those_that_are_named(client: str, ours: bool) -> None:
    assert is_ours(client, networks(["9.9.9.0/24", "2620:fe::/32"])) is ours


def test_of_our_own_servers_only_the_address_is_kept() -> None:
    said = {"helo": "mx.shop.test", "mail_from": "ann@shop.test"}
    assert seen("8.8.8.8", "mx.shop.test", "ann@shop.test", []) == {"client_ip": "8.8.8.8", **said}
    assert seen("10.0.0.3", "mx.shop.test", "ann@shop.test", []) == {"client_ip": "10.0.0.3"}


def test_a_network_that_is_none_is_said() -> None:
    with pytest.raises(Misconfigured, match="relays are wrong"):
        networks(["9.9.9"])
