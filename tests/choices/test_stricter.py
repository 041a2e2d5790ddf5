"""Of several choices the stricter binds; a wish is kept where nothing forbids it."""

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from doorstep.choices import Choices, Hours, stricter

HOURS = st.builds(
    Hours, begins=st.just(time(9)), ends=st.just(time(17)), time_zone=st.sampled_from(["UTC", "Asia/Tokyo"])
)
KEYS = st.sampled_from(["a", "b", "c"])
CHOICES = st.builds(
    Choices,
    contact=st.sampled_from(["any", "asked", "none"]),
    preferred=KEYS,
    refused=st.lists(KEYS, unique=True).map(tuple),
    hours=st.lists(HOURS, max_size=2).map(tuple),
    language=st.sampled_from(["", "de", "el"]),
)
ORDER = ("any", "asked", "none")


@given(CHOICES, CHOICES)
def test_nothing_that_one_forbids_is_allowed_by_both(one: Choices, other: Choices) -> None:
    both = stricter(one, other)
    assert ORDER.index(both.contact) == max(ORDER.index(one.contact), ORDER.index(other.contact))
    assert set(both.refused) == {*one.refused, *other.refused}
    assert set(both.hours) == {*one.hours, *other.hours}
    assert both.preferred not in both.refused


@given(CHOICES, CHOICES, CHOICES)
def test_what_binds_does_not_depend_on_the_order(one: Choices, other: Choices, third: Choices) -> None:
    def binding(choices: Choices) -> tuple[object, ...]:
        return choices.contact, frozenset(choices.refused), frozenset(choices.hours)

    assert binding(stricter(one, other, third)) == binding(stricter(third, stricter(other, one)))


@given(CHOICES)
def test_one_alone_is_itself(one: Choices) -> None:
    assert stricter(one) == one


def test_nobody_s_choice_is_none() -> None:
    assert stricter() == Choices()


def test_the_first_wish_that_may_be_kept_is() -> None:
    both = stricter(Choices(preferred="a"), Choices(preferred="b", refused=("a",), language="de"))
    assert (both.preferred, both.language) == ("b", "de")
