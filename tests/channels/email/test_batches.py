"""How much is fetched at once."""

from doorstep.channels.email.answers import Waiting
from doorstep.channels.email.batches import MOST, MOST_BYTES, batches
from tests.channels.email.mails import NOON

LARGEST = 10 * MOST_BYTES


def uids(*sizes: int, careful_to: int = 0, largest: int = LARGEST) -> list[list[int]]:
    waiting = [Waiting(uid, size, NOON) for uid, size in enumerate(sizes, 1)]
    return [[mail.uid for mail in batch] for batch in batches(waiting, careful_to, largest)]


def test_few_enough_mails() -> None:
    assert [len(batch) for batch in uids(*[1000] * (2 * MOST + 1))] == [MOST, MOST, 1]


def test_few_enough_bytes() -> None:
    half = MOST_BYTES // 2
    assert uids(half, half, 1, MOST_BYTES + 1, 1) == [[1, 2], [3], [4], [5]]


def test_what_is_too_large_or_suspect_goes_alone() -> None:
    assert uids(1, 200, 1, 1, largest=100) == [[1], [2], [3, 4]]
    assert uids(1, 1, 1, 1, careful_to=2) == [[1], [2], [3, 4]]
    assert uids() == []
