"""Mails as other programs keep them: every dialect of mbox, Maildirs, files, and all of it packed."""

import gzip
import io
import mailbox
import random
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.channels.email import archive
from doorstep.channels.email.archive import region as regions
from doorstep.channels.email.archive.mbox import spans, unquoted
from doorstep.kernel import Bounds, Invalid, Kept

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FIRST = datetime(2009, 3, 1, 10, tzinfo=UTC)
FROM = b"From MAILER-DAEMON Thu Mar  5 10:00:00 2009\n"
BODY = "Hello,\n\nFrom what I see, it is late.\n>From here it looks so too.\n\nFrom: nobody\n"


def a_mail(number: int, body: str = BODY, **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"c{number}@mail.example", "care@shop.example"
    mail["Subject"], mail["Message-ID"] = f"Order {number}", f"<{number}@mail.example>"
    mail["Date"] = FIRST + timedelta(hours=number)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body, cte="8bit")
    return mail.as_bytes()


MAILS = [a_mail(n) for n in range(5)]


def listed(tmp_path: Path, *paths: Path, bounds: Bounds | None = None) -> list[Kept]:
    return list(archive.kept(paths, tmp_path / "work" / "unpacked", bounds or Bounds(), NOW))


def contents(tmp_path: Path, *paths: Path) -> list[bytes]:
    return [archive.content(one) for one in listed(tmp_path, *paths) if not one.wrong]


def quoted(mail: bytes, also: str) -> bytes:
    marks = (b"From ", b">From ") if also == "mboxrd" else (b"From ",)
    lines = mail.splitlines(keepends=True)
    stripped = ((line.lstrip(b">") if also == "mboxrd" else line, line) for line in lines)
    return b"".join(b">" + line if bare.startswith(marks[0]) else line for bare, line in stripped)


def mboxcl2(mails: list[bytes]) -> bytes:
    def one(mail: bytes) -> bytes:
        head, _, body = mail.partition(b"\n\n")
        return FROM + head + b"\nContent-Length: %d\n\n" % len(body) + body + b"\n"

    return b"".join(map(one, mails))


def written(tmp_path: Path, content: bytes, name: str = "All mail.mbox") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_mboxrd_gives_back_every_mail_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, b"".join(FROM + quoted(m, "mboxrd") + b"\n" for m in MAILS))
    assert contents(tmp_path, path) == MAILS


def test_mboxo_gives_back_every_mail(tmp_path: Path) -> None:
    mails = [a_mail(n, "From what I see, it is late.\n") for n in range(5)]
    path = written(tmp_path, b"".join(FROM + quoted(m, "mboxo") + b"\n" for m in mails))
    assert contents(tmp_path, path) == mails


def test_mboxcl2_is_cut_by_its_lengths(tmp_path: Path) -> None:
    trap = "See below:\n\nFrom x@y.example Thu Mar  5 10:00:00 2009\nSubject: forwarded\n\nbye\n"
    mails = [a_mail(n, trap) for n in range(3)]
    found = contents(tmp_path, written(tmp_path, mboxcl2(mails)))
    assert [mail.partition(b"\n\n")[2] for mail in found] == [mail.partition(b"\n\n")[2] for mail in mails]


def test_a_length_that_is_wrong_misleads_nobody(tmp_path: Path) -> None:
    wrong = [a_mail(n, "Hello\n", Content_Length=str(n * 1000 + 7)) for n in range(4)]
    path = written(tmp_path, b"".join(FROM + m + b"\n" for m in wrong))
    assert contents(tmp_path, path) == wrong


def test_lines_may_end_as_windows_ends_them(tmp_path: Path) -> None:
    mails = [m.replace(b"\n", b"\r\n") for m in MAILS]
    path = written(
        tmp_path, b"".join(FROM.replace(b"\n", b"\r\n") + quoted(m, "mboxrd") + b"\r\n" for m in mails)
    )
    assert contents(tmp_path, path) == mails


@pytest.mark.parametrize(
    "line", [b"From \n", b"From - Thu Mar  5 10:00:00 2009\n", b"From ???@??? 0\n", b"From a b c d\r\n"]
)
def test_broken_lines_between_mails_still_part_them(tmp_path: Path, line: bytes) -> None:
    plain = [a_mail(n, "Hello,\n\nFrom what I see, it is late.\n\nBye\n") for n in range(4)]
    assert contents(tmp_path, written(tmp_path, b"".join(line + m + b"\n" for m in plain))) == plain


def test_mails_are_parted_where_the_empty_line_is_missing(tmp_path: Path) -> None:
    plain = [a_mail(n, "Hello\n") for n in range(4)]
    assert contents(tmp_path, written(tmp_path, b"".join(FROM + m for m in plain))) == plain


def test_what_the_standard_library_writes_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for mail in MAILS:
        box.add(mail)
    box.close()
    found = listed(tmp_path, tmp_path / "box")
    assert [one.name for one in found] == [f"<{n}@mail.example>" for n in range(5)]
    assert [one.happened_at for one in found] == [FIRST + timedelta(hours=n) for n in range(5)]
    assert found[1].place == f"box:{found[1].offset}"


def test_a_beginning_across_chunks_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"".join(FROM + quoted(m, "mboxrd") + b"\n" for m in MAILS))
    for size in (*range(6, 40), 997):
        monkeypatch.setattr(regions, "CHUNK", size)
        assert contents(tmp_path, path) == MAILS


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["From x", ">From y", "", "a: b", ">>From", "Hi"])), max_size=6))
def test_any_lines_come_back_from_mboxrd(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    mails = [b"Subject: x\n\n" + "".join(f"{line}\n" for line in body).encode() for body in bodies]
    path = written(folder, b"".join(FROM + quoted(m, "mboxrd") + b"\n" for m in mails) or b"\n")
    found = [unquoted(path.read_bytes()[s.start : s.start + s.size]) for s in spans(regions.whole(path, "x"))]
    assert found == (mails or [b"\n"])


def test_a_maildir_is_read_by_its_flags(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Maildir")
    for flags, mail in zip(("", "S", "RS", "T", "D"), MAILS, strict=True):
        kept = mailbox.MaildirMessage(mail)
        kept.set_flags(flags)
        kept.set_subdir("cur" if flags else "new")
        box.add(kept)
    box.add_folder("Sent").add(a_mail(9))
    (tmp_path / "Maildir" / "dovecot.index").write_bytes(b"\0\1")
    (tmp_path / "Maildir" / "tmp" / "half").write_bytes(MAILS[0][:50])
    found = listed(tmp_path, tmp_path / "Maildir")
    assert sorted(one.name for one in found if not one.wrong) == [
        *(f"<{n}@mail.example>" for n in range(3)),
        "<9@mail.example>",
    ]
    assert sorted(one.wrong for one in found if one.wrong) == [
        "It is a draft there, and was never sent.",
        "It lay in the trash there.",
    ]


def test_a_folder_of_files_and_what_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    (folder / "deep").mkdir(parents=True)
    written(folder, MAILS[0], "a.eml")
    written(folder / "deep", MAILS[1], "00001.abcdef")
    written(folder, b"\x00\x01 not headers", "odd.eml")
    written(folder, b"\x89PNG\r\n\x1a\n", "logo.png")
    written(folder, b"", "empty.eml")
    told = {one.place: one.wrong for one in listed(tmp_path, folder)}
    assert told == {
        "mails/a.eml": "",
        "mails/deep/00001.abcdef": "",
        "mails/odd.eml": "",
        "mails/logo.png": "This file is no mail, and there are none in it.",
        "mails/empty.eml": "The file is empty.",
    }


def packed(tmp_path: Path) -> list[Path]:
    mbox = b"".join(FROM + quoted(m, "mboxrd") + b"\n" for m in MAILS)
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("Takeout/Mail/All mail Including Spam and Trash.mbox", mbox)
        archived.writestr("Takeout/one.eml", a_mail(6))
        archived.writestr("Takeout/more.mbox.gz", gzip.compress(FROM + a_mail(7)))
    (tmp_path / "box.mbox.gz").write_bytes(gzip.compress(mbox))
    with tarfile.open(tmp_path / "box.tgz", "w:gz") as archived:
        for n, mail in enumerate(MAILS):
            info = tarfile.TarInfo(f"m/{n}.eml")
            info.size = len(mail)
            archived.addfile(info, io.BytesIO(mail))
    return [tmp_path / "takeout.zip", tmp_path / "box.mbox.gz", tmp_path / "box.tgz"]


def test_what_is_packed_is_read(tmp_path: Path) -> None:
    takeout, box, tape = packed(tmp_path)
    assert contents(tmp_path, takeout) == [*MAILS, a_mail(6), a_mail(7)]
    assert contents(tmp_path, box) == MAILS
    assert contents(tmp_path, tape) == MAILS
    assert listed(tmp_path, takeout)[-1].place == f"takeout.zip/Takeout/more.mbox:{len(FROM)}"


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("a.eml", a_mail(1))
        archived.writestr("b.eml", b"a" * 3_000_000)
    with pytest.raises(Invalid, match="unpacks to more than"):
        listed(tmp_path, tmp_path / "bomb.zip", bounds=Bounds(unpacked_bytes=1_000_000))
    assert (tmp_path / "work" / "unpacked").stat().st_size <= 2_000_000
    with pytest.raises(Invalid, match="more than 1 files"):
        listed(tmp_path, tmp_path / "bomb.zip", bounds=Bounds(members=1))


def test_what_packs_too_well_is_no_mail(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "zeros.gz", "wb") as out:
        for _ in range(120):
            out.write(bytes(1 << 20))
    with pytest.raises(Invalid, match="times its size"):
        listed(tmp_path, tmp_path / "zeros.gz")


def test_what_is_damaged_or_locked_is_said(tmp_path: Path) -> None:
    takeout, *_ = packed(tmp_path)
    written(tmp_path, takeout.read_bytes()[:300], "half.zip")
    (one,) = listed(tmp_path, tmp_path / "half.zip")
    assert one.place == "half.zip"
    assert one.wrong.startswith("It cannot be unpacked: ")
    with pytest.raises(Invalid, match="There is no"):
        listed(tmp_path, tmp_path / "nothing")


@pytest.mark.parametrize(
    ("headers", "wrong"),
    [
        ({"X_Gmail_Labels": "Inbox,Spam"}, "It lay in spam there."),
        ({"X_Gmail_Labels": "Trash"}, "It lay in the trash there."),
        ({"X_Mozilla_Status": "0009"}, "It lay in the trash there."),
        ({"X_Mozilla_Status": "0001", "X_Gmail_Labels": "Inbox,Spam reports"}, ""),
    ],
)
def test_what_was_thrown_away_is_left_out(tmp_path: Path, headers: dict[str, str], wrong: str) -> None:
    path = written(tmp_path, a_mail(1, **headers), "a.eml")
    assert [one.wrong for one in listed(tmp_path, path)] == [wrong]


@pytest.mark.parametrize(
    ("head", "at"),
    [
        (b"Date: Mon, 5 Jan 1998 10:00:00 +0100\n", datetime(1998, 1, 5, 9, tzinfo=UTC)),
        (b"Date: Mon, 5 Jan 2098 10:00:00 +0000\nReceived: by x; Tue, 6 Jan 1998 10:00:00 +0000\n",
         datetime(1998, 1, 6, 10, tzinfo=UTC)),
        (b"Date: yesterday\nReceived: from a by b (c; d);\n Tue, 6 Jan 1998 10:00:00 +0000\n",
         datetime(1998, 1, 6, 10, tzinfo=UTC)),
        (b"Date: Mon, 5 Jan 1931 10:00:00 +0000\n", datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
        (b"", datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_its_time_is_its_own_however_long_ago(tmp_path: Path, head: bytes, at: datetime) -> None:
    import os

    path = written(tmp_path, b"From: a@b.example\n" + head + b"\nHello\n", "a.eml")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert [one.happened_at for one in listed(tmp_path, path)] == [at]


def test_a_great_mbox_is_not_read_into_memory(tmp_path: Path) -> None:
    import tracemalloc

    dice = random.Random(1)
    with (tmp_path / "great.mbox").open("wb") as out:
        for n in range(40):
            out.write(FROM + a_mail(n, "Hello\n" + dice.randbytes(500_000).hex() + "\n") + b"\n")
    tracemalloc.start()
    try:
        found = sum(1 for _ in archive.kept([tmp_path / "great.mbox"], tmp_path / "u", Bounds(), NOW))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == 40
    assert peak < 8_000_000 < (tmp_path / "great.mbox").stat().st_size
