"""Which set holds whom."""

import pytest

from doorstep.people import (
    ADMINISTRATORS,
    AGENTS,
    ANYONE,
    ONESELF,
    READERS,
    SUPERVISORS,
    SUPERVISORS_READ,
    Role,
    Roles,
    is_allowed,
)


@pytest.mark.parametrize(
    ("opt", "reading", "changing"),
    [
        (READERS, "agent supervisor administrator auditor", "agent supervisor administrator"),
        (AGENTS, "agent supervisor administrator", "agent supervisor administrator"),
        (SUPERVISORS, "supervisor administrator", "supervisor administrator"),
        (SUPERVISORS_READ, "supervisor administrator auditor", "supervisor administrator"),
        (ADMINISTRATORS, "administrator", "administrator"),
        (ONESELF, "agent supervisor administrator auditor", "agent supervisor administrator auditor"),
        (ANYONE, "", ""),
    ],
)
def test_who_reads_and_who_changes(opt: Roles, reading: str, changing: str) -> None:
    assert {role for role in Role if is_allowed(role, "GET", opt)} == set(reading.split())
    assert {role for role in Role if is_allowed(role, "POST", opt)} == set(changing.split())
