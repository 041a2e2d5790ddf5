"""Variables stand in for what is known; what is not known is seen."""

import pytest

from doorstep.kernel import Invalid
from doorstep.ready import check, filled
from doorstep.ready.values import first_name
from doorstep.ready.variables import filled_html, unfilled


def test_values_stand_in_and_are_never_filled_again() -> None:
    said = filled("Dear {{customer.name}}, {{ next_open }}.{{x}}", {"customer.name": "{{next_open}}"})
    assert said == "Dear {{next_open}}, ."


def test_a_name_there_is_none_of_is_refused() -> None:
    check("{{ today }}", ("today",), "html")
    with pytest.raises(Invalid, match=r"no \{\{order\}\}.*There are: \{\{today\}\}") as caught:
        check("Your {{order}}", ("today",), "html")
    assert caught.value.extra["field"] == "html"


def test_in_html_values_are_escaped_and_what_is_missing_is_named_once() -> None:
    html, unknown = filled_html(
        '<p>{{customer.name}} <a href="https://s.example/{{x}}">{{order.number}}{{order.number}}</a></p>',
        {"customer.name": "<b>Ana</b>", "order.number": "", "x": '"onclick="y'},
    )
    assert html == (
        '<p>&lt;b&gt;Ana&lt;/b&gt; <a href="https://s.example/&quot;onclick=&quot;y">'
        "[order.number?][order.number?]</a></p>"
    )
    assert unknown == ("order.number",)


@pytest.mark.parametrize(
    ("name", "first"),
    [("Ada Finch", "Ada"), ("Finch, Ada M.", "Ada"), ("Ada,", "Ada"), ("ada@mail.example", ""), ("", "")],
)
def test_a_first_name(name: str, first: str) -> None:
    assert first_name(name) == first


def test_what_is_still_open_is_named_once_and_only_what_is_a_variable() -> None:
    words = "Dear [customer.name?], {{ order.number }} and {{order.number}} [sic?] [order.number?] {{mine}}"
    assert unfilled(words, ("order.number", "customer.name", "today")) == ("customer.name", "order.number")
    assert unfilled("[customer.name] {{today", ("customer.name", "today")) == ()
