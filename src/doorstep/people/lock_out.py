"""The lock-out: too many failed tries by one name or from one network, and nobody gets in for a while.

A name is counted whether anybody has it or not. What is stored of it is its SHA-256.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta
from math import ceil

from doorstep.kernel import TooOften, new_id
from doorstep.store import Connection, beside

sql = beside(__file__)

WINDOW = timedelta(minutes=15)
BY_NAME = 5
BY_GUESS = 30
BY_NETWORK = 300
"""High, for a whole office may stand behind one address; each name has its own five."""


def name_key(sign_in: str) -> str:
    """What the tries of a name are counted under."""
    return f"name {hashlib.sha256(sign_in.strip().casefold().encode()).hexdigest()}"


def network_key(address: str) -> str:
    """What the tries from an address are counted under: an IPv6 host owns its whole /64."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"network {address}"
    if isinstance(ip, ipaddress.IPv6Address):
        mapped = ip.ipv4_mapped
        return f"network {mapped or ipaddress.ip_network((ip, 64), strict=False)}"
    return f"network {ip}"


async def check_not_locked(on: Connection, sign_in: str, address: str, now: datetime) -> None:
    """Raises `TooOften` with the moment to come back, while a name or a network is locked out."""
    for key, most in ((name_key(sign_in), BY_NAME), (network_key(address), BY_NETWORK)):
        at: datetime | None = await sql.value(on, "failures", key=key, since=now - WINDOW, offset=most - 1)
        if at is not None:
            raise _too_often(at + WINDOW, now)


async def count_failure(tx: Connection, sign_in: str, address: str, now: datetime) -> None:
    """Count a failed try, and let go of those that no longer matter."""
    await sql.run(tx, "sweep_failures", since=now - WINDOW)
    for key in (name_key(sign_in), network_key(address)):
        await sql.run(tx, "add_failure", id=new_id(), key=key, at=now)


async def forget_failures(tx: Connection, sign_in: str) -> None:
    """A name got in: its failures are forgotten. Those of the network are not."""
    await sql.run(tx, "forget_failures", key=name_key(sign_in))


async def check_guesses(on: Connection, address: str, now: datetime) -> None:
    """Raises `TooOften` while a network has guessed too many links of customers."""
    at: datetime | None = await sql.value(
        on, "failures", key=_guess_key(address), since=now - WINDOW, offset=BY_GUESS - 1
    )
    if at is not None:
        raise _too_often(at + WINDOW, now)


async def count_guess(tx: Connection, address: str, now: datetime) -> None:
    """Count a link that opened nothing."""
    await sql.run(tx, "add_failure", id=new_id(), key=_guess_key(address), at=now)


def _guess_key(address: str) -> str:
    return f"guess {network_key(address)}"


def _too_often(until: datetime, now: datetime) -> TooOften:
    seconds = max(1, ceil((until - now).total_seconds()))
    minutes = max(1, ceil(seconds / 60))
    return TooOften(
        f"Too many failed tries. Come back in {minutes} minute{'s' if minutes > 1 else ''}.",
        retry_after=seconds,
        retry_at=until,
    )
