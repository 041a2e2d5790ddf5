"""Files inside plain text: taken out, their place kept. What only looks like one stays text."""

import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.channels.email.enclosed import without_files
from tests.channels.email.mails import mail, read_all


def uuencoded(content: bytes, name: str = "a.bin", ending: str = "`\nend") -> str:
    rows = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(rows)}{ending}\n"


@given(st.binary(min_size=1, max_size=400), st.sampled_from(["`\nend", " \nend", "end"]))
def test_every_content_comes_out_as_it_was(content: bytes, ending: str) -> None:
    text, files = without_files(f"before\n{uuencoded(content, ending=ending)}after".encode())
    assert text == b"before\n[a.bin]\nafter"
    assert [(file.name, file.content) for file in files] == [("a.bin", content)]


def test_a_mail_with_two_files_in_its_text() -> None:
    body = f"One:\n{uuencoded(b'eins', 'list.txt')}Two:\n{uuencoded(b'zwei', '../list.txt')}Bye"
    parsed = read_all(mail(body.replace("\n", "\r\n")))
    signal = parsed.arrival.signal
    assert signal.text == "One:\n[list.txt]\nTwo:\n[../list.txt]\nBye"
    assert [file.name for file in signal.attachments] == ["list.txt", "list (2).txt"]
    assert sorted(parsed.files.values()) == [b"eins", b"zwei"]


def test_the_end_may_be_missing() -> None:
    text, files = without_files(uuencoded(b"x" * 100, ending="").encode())
    assert (text, [file.content for file in files]) == (b"[a.bin]", [b"x" * 100])


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 the work\nbefore lunch, and let us\nend",
        "begin 644 x",
        "begin 644 x\n",
        "We begin 644 a.bin\n#86)C\nend",
        "begin 64 x\n#86)C\nend",
        "=ybegin line=128 size=3 name=a.bin\nabc\n",
    ],
)
def test_words_stay_words(text: str) -> None:
    assert without_files(text.encode()) == (text.encode(), [])


def test_a_yencoded_file_comes_out() -> None:
    content = bytes(range(256))
    shifted = [(n + 42) % 256 for n in content]
    coded = b"".join(
        b"=" + bytes(((n + 64) % 256,)) if n in (0, 10, 13, 61) else bytes((n,)) for n in shifted
    )
    begun = b"a\r\n=ybegin line=128 size=256 name=all.bin\r\n"
    text, files = without_files(begun + coded + b"\r\n=yend size=256\r\nb")
    assert text == b"a\r\n[all.bin]\nb"
    assert [(file.name, file.content) for file in files] == [("all.bin", content)]


def test_many_beginnings_cost_little() -> None:
    body = b"begin 644 x\n" * 50_000
    assert without_files(body) == (body, [])
    assert without_files(b"=ybegin line=1 size=1 name=x\n" * 20_000)[1] == []
