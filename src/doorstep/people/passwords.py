"""Passwords: what is good enough, and argon2id (RFC 9106), off the event loop."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from doorstep.kernel import Invalid

SHORTEST = 10
LONGEST = 1024

_hasher = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)


def check_password(password: str, sign_in: str, name: str) -> None:
    """Raises `Invalid`, saying what is wrong, unless it is long enough and not the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"A password has {SHORTEST} to {LONGEST} characters.", field="password")
    if password.casefold() in {sign_in.casefold(), name.casefold()}:
        raise Invalid("A password is not the name.", field="password")


async def hashed(password: str) -> str:
    """What is stored."""
    return await asyncio.to_thread(_hasher.hash, password)


async def is_right(stored: str | None, password: str) -> bool:
    """Whether it is the password; takes as long when there is nothing stored to compare with."""
    return await asyncio.to_thread(_verify, stored, password)


def is_outdated(stored: str) -> bool:
    """Whether it was hashed with parameters we no longer use."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobody() -> str:
    return _hasher.hash("what an unknown name is compared with, so that it takes as long as a known one")


def _verify(stored: str | None, password: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
