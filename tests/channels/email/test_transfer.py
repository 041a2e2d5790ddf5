"""Transfer encodings, whole and broken."""

import pytest

from doorstep.channels.email.transfer import undone


@pytest.mark.parametrize(
    ("content", "encoding", "wanted"),
    [
        (b"SGVsbG8=", "base64", b"Hello"),
        (b"SGVs\r\nbG8", "base64", b"Hello"),
        (b"SGV*sbG8=!!", "base64", b"Hello"),
        (b"SGVsbG8=IQ==", "base64", b"Hello!"),
        (b"SGVsbG8=\r\n-- \r\nour footer", "base64", b"Hello"),
        (b"SGVsb", "base64", b"Hel"),
        (b"", "base64", b""),
        (b"Gr=FC=DFe=\r\n!", "quoted-printable", b"Gr\xfc\xdfe!"),
        (b"50% = half=", "quoted-printable", b"50% = half"),
        (b"begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "x-uuencode", b"Hello"),
        (b"no beginning", "x-uuencode", b"no beginning"),
        (b"begin 644 a\n\xff\xff\xff\nend", "uuencode", b""),
        (b"as it is", "8bit", b"as it is"),
        (b"as it is", "x-nobody-knows", b"as it is"),
    ],
)
def test_gives_what_can_be_had(content: bytes, encoding: str, wanted: bytes) -> None:
    assert undone(content, encoding) == wanted
