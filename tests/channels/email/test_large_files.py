"""A large file is never held in memory beside the mail it came in."""

import base64
import os
import tracemalloc
from pathlib import Path

from doorstep.channels.email.transfer import Pieces
from doorstep.channels.email.wire import parse
from doorstep.kernel import Parsed
from doorstep.store import DiskFiles
from tests.channels.email.mails import INBOX, NOON, mail, multipart, read_all

SIZE = 12_000_000
CONTENT = os.urandom(SIZE)


def carrying(content: bytes, encoding: str, media_type: str = "application/pdf") -> bytes:
    head = f"Content-Type: {media_type}\r\nContent-Disposition: attachment; filename=plan\r\n"
    mark = f"Content-Transfer-Encoding: {encoding}\r\n\r\nHERE"
    return multipart("\r\nSee the plan.", head + mark).replace(b"HERE", content)


async def kept(parsed: Parsed, folder: Path) -> bytes:
    files = DiskFiles(folder)
    names = [await files.keep(content) for content in parsed.files.values()]
    (attachment,) = parsed.arrival.signal.attachments
    assert names == [attachment.sha256]
    content = await files.read(attachment.sha256)
    assert attachment.size == len(content)
    return content


async def test_a_large_file_goes_to_the_disk_in_pieces(tmp_path: Path) -> None:
    raw = carrying(base64.encodebytes(CONTENT).replace(b"\n", b"\r\n"), "base64")
    parse(INBOX, mail(), {}, NOON)
    tracemalloc.start()
    try:
        parsed = parse(INBOX, raw, {}, NOON)
        files = DiskFiles(tmp_path)
        for content in parsed.files.values():
            await files.keep(content)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4_000_000
    assert parsed.arrival.signal.text == "See the plan."
    assert await kept(parsed, tmp_path) == CONTENT


async def test_so_does_one_that_is_not_encoded(tmp_path: Path) -> None:
    content = CONTENT[: 2 << 20].replace(b"\n", b"\r")
    parsed = read_all(carrying(content, "binary"))
    assert all(isinstance(file, Pieces) for file in parsed.files.values())
    assert await kept(parsed, tmp_path) == content


async def test_a_mail_within_a_mail_still_has_its_subject(tmp_path: Path) -> None:
    inner = mail("a long letter\r\n" * 100_000, Subject="Our plan")
    raw = carrying(inner, "8bit", "message/rfc822").replace(b"; filename=plan", b"")
    parsed = read_all(raw)
    assert [file.name for file in parsed.arrival.signal.attachments] == ["Our plan.eml"]
    assert await kept(parsed, tmp_path) == inner


async def test_broken_base64_gives_what_can_be_had(tmp_path: Path) -> None:
    encoded = base64.encodebytes(CONTENT[: 2 << 20])
    parsed = read_all(carrying(encoded.rstrip(b"\n") + b"\r\n-- \r\nThis mail was checked.", "base64"))
    assert await kept(parsed, tmp_path) == CONTENT[: 2 << 20]


async def test_the_same_file_small_or_large_is_the_same_mail(tmp_path: Path) -> None:
    wrapped = base64.encodebytes(CONTENT[: 2 << 20])
    lines = (wrapped, wrapped.replace(b"\n", b"\r\n"), base64.b64encode(CONTENT[: 2 << 20]))
    assert len({read_all(carrying(one, "base64")).arrival.signal.external_id for one in lines}) == 1
