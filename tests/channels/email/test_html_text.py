"""The words of HTML."""

import time

import pytest

from doorstep.channels.email.html_text import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a <b>bold</b> <i>word</i>\n  here", "a bold word here"),
        ("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<style>p{}</style><script>if (a<b) x()</script>seen<!-- not <b>this</b> -->", "seen"),
        ("<head><title>x</title></head><body>y", "y"),
        ("1 &lt; 2 &amp;&nbsp;3 &euro; &#128512;", "1 < 2 & 3 € 😀"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<a title="a>b" href="x">link</a>', "link"),
        ('<img src="x" alt="our logo"> <img alt="">', "[our logo]"),
        ("before<a href='open", "before"),
        ("<!--[if mso]>hidden<![endif]-->seen", "seen"),
        ("", ""),
    ],
)
def test_reads_as_it_looks(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "piece",
    ['<a "', "<a b='", "<", "<!--", "<object>", "<head>", "</ ", "<div>", "&", "<style>", '<p x="1">'],
)
def test_takes_time_in_proportion(piece: str) -> None:
    html = piece * (1_000_000 // len(piece))
    started = time.process_time()
    text_of(html)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("name", ["script", "style", "head", "title"])
def test_a_closing_tag_that_never_closes_takes_time_in_proportion(name: str) -> None:
    html = f"<{name}>" + f"</{name} " * 100_000
    started = time.process_time()
    text_of(html)
    assert time.process_time() - started < 2
