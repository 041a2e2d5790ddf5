"""Which clients of the door are servers of ours, that hand on what others sent."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from doorstep.kernel import Misconfigured


def networks(said: Sequence[str]) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks as settings have them. Raises `Misconfigured`."""
    try:
        return [ip_network(one, strict=False) for one in said]
    except ValueError as error:
        raise Misconfigured(f"The mail door's relays are wrong: {error}.") from error


def seen(client: str, helo: str, sender: str, relays: Sequence[IPv4Network | IPv6Network]) -> dict[str, str]:
    """Who handed a mail on, as `meta` has it; what it said of itself only where it is no server of ours."""
    said = {} if is_ours(client, relays) else {"helo": helo, "mail_from": sender}
    return {"client_ip": client, **said}


def is_ours(client: str, relays: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether it is one of these, or not out in the open network; of one without an address nobody knows."""
    try:
        address = address_of(client)
    except ValueError:
        return True
    return not address.is_global or any(address in network for network in relays)


def address_of(client: str) -> IPv4Address | IPv6Address:
    """An IPv4 address in its own form, where it came as a part of IPv6. Raises `ValueError`."""
    address = ip_address(client)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
