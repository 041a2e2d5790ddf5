"""A winmail.dat is opened: its files are the mail's, its body is read where there is no other."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.channels.email.tnef import DEEPEST, MOST_FILES, unpacked
from tests.channels.email.mails import mail, multipart, read, read_all
from tests.channels.email.packed import (
    CONTENT,
    CONTENT_ID,
    CONTENT_TYPE,
    LONG_NAME,
    attribute,
    file,
    message,
    stored,
    tnef,
)

TEXT = "Content-Type: text/plain\r\n\r\n"
OUTLOOK = 'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n'


def winmail(content: bytes) -> str:
    return OUTLOOK + base64.encodebytes(content).decode()


def test_its_files_are_the_mail_s_and_it_is_gone() -> None:
    packed = tnef(
        message(text="packed body"), file("RECHNU~1.PDF", b"%PDF-", {LONG_NAME: "Rechnung März.pdf"})
    )
    parsed = read_all(multipart(f"{TEXT}See the bill", winmail(packed)))
    signal = parsed.arrival.signal
    assert signal.text == "See the bill"
    assert [(f.name, f.media_type, f.size) for f in signal.attachments] == [
        ("Rechnung März.pdf", "application/pdf", 5)
    ]
    assert list(parsed.files.values()) == [b"%PDF-"]


def test_its_body_is_read_when_there_is_no_other() -> None:
    html = "<p>Grüße aus <img src='cid:a@b'></p>".encode("cp1252")
    picture = {CONTENT_ID: "a@b", CONTENT_TYPE: "image/png"}
    packed = tnef(message(html=html, subject="x"), file("a.png", b"PNG", picture))
    signal = read(multipart(f"{TEXT} ", winmail(packed)))
    assert signal.text == "Grüße aus"
    assert "cid:a@b" in signal.html
    assert [(f.content_id, f.inline) for f in signal.attachments] == [("a@b", True)]


def test_a_body_in_rtf_is_read() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}Viele Gr\'fc\'dfe,\par Ada\u8364?}"
    packed = tnef(message(rtf=stored(rtf)))
    raw = mail(packed, Content_Type="application/vnd.ms-tnef", Content_Transfer_Encoding="binary")
    assert read(raw).text == "Viele Grüße,\nAda€"
    assert read(raw).attachments == ()


def test_a_message_within_is_its_words_and_its_files() -> None:
    inner = tnef(message(subject="Inner/one", text="inner words"), file("deep.txt", b"deep"))
    outer = unpacked(tnef(file("x", None, {CONTENT: bytes(16) + inner})))
    assert outer is not None
    assert [(f.name, f.content) for f in outer.files] == [("x", bytes(16) + inner)]
    with_object = tnef(attribute(0x9002, bytes(14), 2) + attribute(0x9005, as_object(inner), 2))
    found = unpacked(with_object)
    assert found is not None
    assert [(f.name, f.content) for f in found.files] == [
        ("Inner-one.txt", b"inner words"),
        ("deep.txt", b"deep"),
    ]


def as_object(inner: bytes) -> bytes:
    data = bytes(16) + inner
    return struct.pack("<IHHII", 1, 0x000D, CONTENT, 1, len(data)) + data + bytes(-len(data) % 4)


def test_messages_within_messages_end_somewhere() -> None:
    packed = tnef(message(subject="last", text="last words"))
    for _ in range(DEEPEST + 3):
        packed = tnef(attribute(0x9002, bytes(14), 2) + attribute(0x9005, as_object(packed), 2))
    found = unpacked(packed)
    assert found is not None
    assert len(found.files) == 1
    assert b"l\0a\0s\0t" in found.files[0].content


@pytest.mark.parametrize("lost", [1, 3, 40])
def test_what_is_cut_off_is_kept_whole_too(lost: int) -> None:
    packed = tnef(file("first.txt", b"first"), file("second.txt", b"s" * 60))[:-lost]
    signal = read(multipart(f"{TEXT}Hello", winmail(packed)))
    names = [f.name for f in signal.attachments]
    assert names[0] == "first.txt"
    assert (names[-1] == "winmail.dat") == (lost > 2)


def test_what_is_no_tnef_stays_a_file() -> None:
    signal = read(multipart(f"{TEXT}Hello", winmail(b"not so")))
    assert [f.name for f in signal.attachments] == ["winmail.dat"]


def test_there_is_an_end_of_files() -> None:
    found = unpacked(tnef(*[file("a", b"")] * (MOST_FILES + 5)))
    assert found is not None
    assert (len(found.files), found.whole) == (MOST_FILES, False)


@given(st.data())
def test_no_damage_stops_it(data: st.DataObject) -> None:
    whole = bytearray(
        tnef(message(text="t", html=b"<p>h", rtf=stored(b"{\\rtf1 x}")), file("a", b"b", {LONG_NAME: "c"}))
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(4, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=6))
    found = unpacked(bytes(whole))
    assert found is not None
    (found.text + found.html + found.subject).encode()
