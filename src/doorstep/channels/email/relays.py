"""Which servers are ours, and hand on what others sent."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Networks = Sequence[IPv4Network | IPv6Network]

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_NETWORK = (
    rf"(?:{_OCTET}(?:\.{_OCTET}){{3}}(?:/(?:3[0-2]|[12]?\d))?"
    r"|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+(?:/(?:12[0-8]|1[01]\d|\d?\d))?)"
)
PATTERN = rf"^(?:{_NETWORK}(?:[ ,]+{_NETWORK})*)?$"


def networks(said: str) -> Networks:
    """Addresses and networks, with spaces or commas between. Raises `ValueError`."""
    return [ip_network(one, strict=False) for one in re.split(r"[ ,]+", said) if one]


def is_one(client: str, relays: Networks) -> bool:
    address = address_of(client)
    return address is not None and any(address in network for network in relays)


def is_outside(client: str) -> bool:
    """Whether its address is one of the open network, not a private one."""
    address = address_of(client)
    return address is not None and address.is_global


def address_of(client: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address in its own form, where it came as a part of IPv6; none if it is none."""
    try:
        address = ip_address(client)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
