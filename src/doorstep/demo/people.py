"""Who works at the sample company. Their passwords are made at the first start, and printed at each."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec

from doorstep.demo.load import sql
from doorstep.kernel import Invalid
from doorstep.people import Role, add_agent
from doorstep.store import Database


class Employee(msgspec.Struct, frozen=True):
    """Somebody who works here."""

    sign_in: str
    name: str
    role: Role


STAFF: Final = (
    Employee("maren", "Maren Lindqvist", Role.AGENT),
    Employee("jonas", "Jonas Petersen", Role.SUPERVISOR),
    Employee("eleni", "Eleni Vlachou", Role.ADMINISTRATOR),
    Employee("amara", "Amara Okafor", Role.AUDITOR),
)
_SYLLABLES: Final = "ba de fi go hu ka le mi no pu ra se ti vo wu za".split()  # noqa: SIM905


def new_passwords() -> dict[str, str]:
    """A password for each of the staff by sign-in name: random, and easy to type (about 48 bits)."""
    return {worker.sign_in: _password() for worker in STAFF}


def _password() -> str:
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4))


async def add_staff(db: Database, passwords: Mapping[str, str], now: datetime) -> None:
    """Add those of the staff who are not there yet. Raises `Invalid` when one has no password."""
    async with db.transaction() as tx:
        there = {row["sign_in"] for row in await sql.tuples(tx, "signed_up")}
        for worker in STAFF:
            if worker.sign_in not in there:
                if worker.sign_in not in passwords:
                    raise Invalid(f"{worker.name} has no password: make one with new_passwords().")
                await add_agent(tx, worker.sign_in, worker.name, worker.role, passwords[worker.sign_in], now)
