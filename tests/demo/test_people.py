"""The staff: four, each once, with passwords one can type."""

from datetime import UTC, datetime

import pytest

from doorstep.demo.people import STAFF, add_staff, new_passwords
from doorstep.kernel import Invalid
from doorstep.people import Role
from doorstep.store import Database

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


async def test_each_role_is_there_once(database: Database) -> None:
    passwords = new_passwords()
    await add_staff(database, passwords, NOW)
    await add_staff(database, passwords, NOW)
    async with database.connection() as on:
        rows = await on.fetch("select role from agent")
    assert sorted(row["role"] for row in rows) == sorted(Role)


def test_passwords_are_new_each_time() -> None:
    first, second = new_passwords(), new_passwords()
    assert set(first) == {worker.sign_in for worker in STAFF}
    assert not set(first.values()) & set(second.values())
    assert all(len(password) >= 20 for password in first.values())


async def test_nobody_comes_without_a_password(database: Database) -> None:
    with pytest.raises(Invalid, match="Maren"):
        await add_staff(database, {}, NOW)
