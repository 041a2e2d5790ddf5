"""Pictures by the address they say they have (RFC 2557)."""

import pytest

from doorstep.channels.email.located import located
from doorstep.pages import clean, document
from tests.channels.email.mails import multipart, read

HTML = "Content-Type: text/html\r\n\r\n"


@pytest.mark.parametrize("address", ["http://shop.test/a b.gif", "image001.gif", "Grüße/1.gif"])
def test_a_picture_by_its_address_is_shown(address: str) -> None:
    picture = f"Content-Type: image/gif\r\nContent-Location: {address}\r\n\r\nGIF"
    signal = read(multipart(f"{HTML}<p><img src='{address}'></p>", picture, kind="related"))
    (file,) = signal.attachments
    assert file.inline
    shown = document(clean(signal.html), {file.content_id: "/files/1"}.get)  # type: ignore[arg-type]
    assert '<img src="/files/1">' in shown


def test_one_with_a_content_id_keeps_it() -> None:
    picture = "Content-Type: image/gif\r\nContent-ID: <a@b>\r\nContent-Location: a.gif\r\n\r\nGIF"
    signal = read(multipart(f'{HTML}<img src="a.gif"><img src="cid:a@b">', picture, kind="related"))
    assert signal.html == '<img src="cid:a@b"><img src="cid:a@b">'


def test_other_addresses_stay() -> None:
    html = '<img src="b.gif"><a href="a.gif">a.gif</a> src="a.gif'
    assert located(html, {"a.gif": "1@x"}) == html
