"""What a password is, and how long it takes to be wrong."""

import time

import pytest

from doorstep.kernel import Invalid
from doorstep.people.passwords import check_password, hashed, is_outdated, is_right

GOOD = "correct horse battery"


async def test_the_right_one_is_right_and_two_hashes_of_it_differ() -> None:
    first, second = await hashed(GOOD), await hashed(GOOD)
    assert first != second
    assert await is_right(first, GOOD)
    assert not await is_right(first, GOOD + " ")
    assert not is_outdated(first)


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$$"])
async def test_a_broken_hash_lets_nobody_in(stored: str) -> None:
    assert not await is_right(stored, GOOD)


async def test_a_name_nobody_has_takes_as_long_as_one_somebody_has() -> None:
    known = await hashed(GOOD)
    assert not await is_right(None, GOOD)
    took = []
    for stored in (known, None):
        begun = time.process_time()
        await is_right(stored, "wrong")
        took.append(time.process_time() - begun)
    assert 1 / 3 < took[0] / took[1] < 3


@pytest.mark.parametrize("bad", ["", "ninechars", "Noor@shop.test", "noor aziz-khan", "x" * 1025])
def test_what_is_weak_is_refused(bad: str) -> None:
    with pytest.raises(Invalid, match="A password"):
        check_password(bad, "noor@shop.test", "Noor Aziz-Khan")


def test_ten_characters_of_any_script_will_do() -> None:
    check_password("пароль1234", "noor", "Noor")
