"""What we send is a few plain elements, and says the same in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.kernel import TooMuch
from doorstep.pages import ours, text_of, without_pictures

WORDS = [
    ("<h2>Hi</h2><p>a<br>b</p>", "Hi\n\na\nb"),
    (
        '<p><a href="https://x.y/z">here</a>, <a href="https://x.y">https://x.y</a></p>',
        "here <https://x.y/z>, https://x.y",
    ),
    ("<ul><li>one</li><li>two<ol><li>n</li><li>m</li></ol></li></ul>", "- one\n- two\n\n  1. n\n  2. m"),
    ("<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
    ("<pre>  x\n   y</pre>", "  x\n   y"),
    ("<p>&lt;b&gt; &amp; c</p>", "<b> & c"),
    ("<div>one</div><div>two</div>", "one\n\ntwo"),
]


@pytest.mark.parametrize(("html", "text"), WORDS)
def test_text_says_what_the_html_says(html: str, text: str) -> None:
    assert text_of(ours(html)).rstrip() == text.rstrip() or text_of(ours(html)) == text.strip("\n")


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x()">a</p>',
        '<p style="background:url(https://t.example/x)">a</p>',
        '<img src="https://t.example/x.gif">a',
        '<img src="data:image/svg+xml,x">a',
        '<a href="javascript:x()">a</a>',
        "<script>x()</script>a",
        '<table background="https://t.example/x"><tr><td>a</td></tr></table>',
        '<form action="https://t.example"><input name=x>a</form>',
    ],
)
def test_nothing_active_or_remote_is_sent(html: str) -> None:
    sent = ours(html)
    assert text_of(sent) == "a"
    for word in ("t.example", "x()", "on", "style", "src", "javascript"):
        assert word not in sent


def test_pictures_that_come_along_stay_until_they_are_taken_out() -> None:
    sent = ours('<p>a<img src="cid:p@inline" alt="b"></p>')
    assert sent == '<p>a<img src="cid:p@inline" alt="b"></p>'
    assert (text_of(sent), without_pictures(sent)) == ("a[b]", "<p>a</p>")


def test_what_would_take_too_long_is_refused_in_words() -> None:
    with pytest.raises(TooMuch, match="plain text"):
        ours("<div>" * 5000)


@given(st.text(st.sampled_from('<>/ab="pullioc&; \n')))
def test_anything_is_cleaned_and_read(html: str) -> None:
    sent = ours(html)
    assert ours(sent) == sent
    text_of(sent)
