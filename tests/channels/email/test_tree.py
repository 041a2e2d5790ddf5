"""The tree of a mail, bounded, with nothing lost."""

import time

import pytest

from doorstep.channels.email.tree import DEEPEST, MOST_PARTS, UNREAD, tree
from tests.channels.email.mails import mail, multipart, read, read_all


def nested(levels: int) -> bytes:
    raw = b""
    for level in range(levels):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return raw + b"Content-Type: text/plain\n\nthe innermost words\n"


def test_leaves_in_their_order() -> None:
    raw = multipart("Content-Type: text/plain\r\n\r\none", "Content-Type: text/html\r\n\r\n<p>two</p>")
    assert [(part.media_type, part.body()) for part in tree(raw).leaves()] == [
        ("text/plain", b"one"),
        ("text/html", b"<p>two</p>"),
    ]


def test_five_thousand_levels_are_cut_at_fifty_and_kept() -> None:
    leaf = next(tree(nested(5_000)).leaves())
    assert leaf.media_type == UNREAD
    assert b"the innermost words" in leaf.body()
    parsed = read_all(nested(5_000))
    assert [b"the innermost words" in content for content in parsed.files.values()] == [True]


def test_forty_levels_are_read() -> None:
    assert read_all(nested(DEEPEST - 10)).arrival.signal.text == "the innermost words"


def test_the_thousand_and_first_part_is_kept_unread() -> None:
    raw = multipart(*[f"Content-Type: text/plain\r\n\r\npart {n}" for n in range(MOST_PARTS + 50)])
    leaves = list(tree(raw).leaves())
    assert len(leaves) == MOST_PARTS
    assert leaves[-1].media_type == UNREAD
    assert f"part {MOST_PARTS + 49}".encode() in leaves[-1].body()


def test_a_missing_end_and_a_missing_boundary() -> None:
    open_ended = mail("--e\r\n\r\nwords", Content_Type="multipart/mixed; boundary=e")
    assert read_all(open_ended).arrival.signal.text == "words"
    never = mail("just words", Content_Type="multipart/mixed; boundary=nowhere")
    assert read_all(never).arrival.signal.text == "just words"
    nameless = mail("just words", Content_Type="multipart/mixed")
    assert read_all(nameless).arrival.signal.text == "just words"


def test_a_boundary_that_begins_another_is_not_it() -> None:
    raw = mail("--e\r\n\r\none\r\n--ee\r\ntwo\r\n--e--\r\n", Content_Type="multipart/mixed; boundary=e")
    assert read_all(raw).arrival.signal.text == "one\n--ee\ntwo"


def test_old_line_ends() -> None:
    assert read_all(b"From: a@x.test\rSubject: old\r\rwords\rmore").arrival.signal.text == "words\nmore"


def test_hostile_shapes_take_no_time() -> None:
    shapes = [
        nested(20_000),
        b"Content-Type: multipart/mixed; boundary=-\n\n" + b"---\n" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x" * 2_000_000,
        b"Content-Type: text/plain; " + b"a=b;" * 100_000 + b"\n\nx",
        b"Content-Type: text/plain; name=" + b'"' * 60_000 + b"\n\nx",
        b"Subject: " + b"=?utf-8?q?" * 6_000 + b"\n\nx",
        b"To: " + b'"' * 60_000 + b"\n\nx",
        b"To: " + b"(" * 60_000 + b"\n\nx",
        b"To: " + b'\\"' * 30_000 + b"\n\nx",
        b"References: " + b"<" * 60_000 + b"\n\nx",
        b"References: " + b"<a@b> " * 10_000 + b"\n\nx",
        b"X: y\n" * 1_000_000,
        b"\n" * 5_000_000 + b"x",
        b"Date: " + b"1 " * 30_000 + b"\n\nx",
        b"Content-Type: text/html\n\n" + b"<div>" * 500_000,
        b"Content-Type: text/plain; format=flowed\n\n" + b"> x \n" * 400_000,
        b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"M" * 3_000_000,
    ]
    for raw in shapes:
        started = time.process_time()
        read_all(raw)
        assert time.process_time() - started < 4, raw[:80]


@pytest.mark.parametrize("boundary", ["", "; boundary=other", "; boundary="])
def test_a_boundary_that_is_not_named_is_taken_from_the_parts(boundary: str) -> None:
    first = "--b1\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
    body = f"{first}--b1\r\nContent-Type: a/b; name=c\r\n\r\nfile\r\n--b1--"
    parsed = read_all(mail(body, Content_Type=f"multipart/mixed{boundary}"))
    assert parsed.arrival.signal.text == "words"
    assert list(parsed.files.values()) == [b"file"]


def test_a_text_with_dashes_stays_a_text() -> None:
    body = "words\r\n--more\r\nand: more\r\n"
    assert read(mail(body, Content_Type="multipart/mixed")).text == "words\n--more\nand: more"
