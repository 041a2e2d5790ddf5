"""What tries are counted under."""

import pytest

from doorstep.people.lock_out import name_key, network_key


def test_a_name_is_one_however_it_is_typed_and_is_not_stored() -> None:
    assert name_key(" Mia@Shop.test") == name_key("mia@shop.TEST ") != name_key("mia@shop.tes")
    assert "mia" not in name_key("mia")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "::ffff:10.0.0.1", True),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("", "10.0.0.1", False),
    ],
)
def test_a_network_is_an_address_or_what_one_host_owns(one: str, other: str, same: bool) -> None:
    assert (network_key(one) == network_key(other)) is same
