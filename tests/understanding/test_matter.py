"""The matter: the customer's own words, short, whatever they wrote."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from doorstep.understanding import matter
from doorstep.understanding.matter import LONGEST


@pytest.mark.parametrize(
    "subject",
    [
        *(
            "My parcel",
            "Re: My parcel",
            "RE:My parcel",
            " re :  My parcel",
            "Fwd: My parcel",
            "FW: My parcel",
        ),
        *("AW: My parcel", "Antw: My parcel", "WG: My parcel", "SV: My parcel", "VS: My parcel"),
        *("TR: My parcel", "RV: My parcel", "R: My parcel", "Odp: My parcel", "YNT: My parcel"),
        *("ΑΠ: My parcel", "Σχετ: My parcel", "回复：My parcel", "答复: My parcel", "返信: My parcel"),
        *("Re: AW: Re: My parcel", "Re[2]: My parcel", "Re:Fwd:  WG: My  parcel "),
    ],
)
def test_answer_marks_are_no_part_of_it(subject: str) -> None:
    assert matter(subject, "text") == "My parcel"


@pytest.mark.parametrize(
    "subject", ["Return: my parcel", "Trouble", "Rex: a dog", "re my parcel", "Order 17: late"]
)
def test_words_that_only_look_alike_stay(subject: str) -> None:
    assert matter(subject, "text") == subject


def test_our_tags_are_left_out() -> None:
    assert matter("Re: [#01939-4c1e7-a7f3b] AW: My parcel", "text") == "My parcel"
    assert matter("My parcel [#01939-4c1e7-a7f3b]", "text") == "My parcel"


@pytest.mark.parametrize("subject", ["", "   ", "Re:", "Re: AW: "])
def test_without_a_subject_it_is_the_first_line(subject: str) -> None:
    assert matter(subject, "\n \n  Where  is it?\nIt is late.") == "Where is it?"
    assert matter(subject, "") == ""


def test_it_is_cut_at_a_word() -> None:
    assert matter("parcel " * 40, "") == "parcel " * 10 + "parcel…"
    assert matter("x" * 200, "") == "x" * 80 + "…"
    assert matter("a " + "x" * 200, "") == "a " + "x" * 78 + "…"
    assert matter("x" * 80, "") == "x" * 80


@given(some.text(), some.text())
def test_it_is_short_and_one_line_whatever_comes(subject: str, text: str) -> None:
    found = matter(subject, text)
    assert len(found) <= LONGEST + 1
    assert found == " ".join(found.split())


@given(some.lists(some.sampled_from(["Re:", "AW: ", "Fwd :", " "]), max_size=30), some.text(min_size=1))
def test_any_number_of_marks_is_as_none(marks: list[str], text: str) -> None:
    assert matter("".join(marks) + "About " + text, "") == matter("About " + text, "")


def test_a_hostile_subject_costs_no_time() -> None:
    began = time.perf_counter()
    assert matter("Re:" * 200_000 + "x", "") == "x"
    assert matter("re" + " " * 200_000 + "x", "") != ""
    assert time.perf_counter() - began < 1.0
