"""The quick look at how a line begins passes over no line that the whole pattern would find."""

import pytest

from doorstep.channels.email.signatures import BEGINNINGS, is_device


@pytest.mark.parametrize("begun", BEGINNINGS)
def test_every_way_to_begin_has_two_plain_letters(begun: frozenset[str]) -> None:
    assert begun
    assert all(len(letters) == 2 and not set(letters) & set(r"()[]{}?*+.\|^$") for letters in begun)


@pytest.mark.parametrize(
    "row",
    ["Sent from my iPhone", "SENT FROM MY PHONE", "Mit meinem Gerät gesendet", "Von meinem iPad gesendet"],
)
def test_a_device_line_in_any_case(row: str) -> None:
    assert is_device(row)


def test_words_that_begin_alike_are_words() -> None:
    assert not is_device("Sent it yesterday")
