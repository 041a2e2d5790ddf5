"""File names nobody can be tricked by."""

import pytest

from doorstep.channels.email.names import LONGEST, safe_name, safe_type


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\invoice.pdf", "invoice.pdf"),
        ("/", "file.pdf"),
        ("..", "file.pdf"),
        ("", "file.pdf"),
        (".htaccess", "htaccess"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nContent-Type: text/html\r\n\r\n.pdf", "html .pdf"),
        ("a\x00b.pdf", "a b.pdf"),
        ('<a>|"?*.pdf', "a .pdf"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("Gro\u0308ße.pdf", "Größe.pdf"),
        ("报价单.xlsx", "报价单.xlsx"),
        ("\ud800x.pdf", "x.pdf"),
    ],
)
def test_is_safe(said: str, name: str) -> None:
    assert safe_name(said, "application/pdf") == name


def test_keeps_its_ending_when_it_is_cut() -> None:
    name = safe_name("x" * 500 + ".pdf", "application/pdf")
    assert len(name) == LONGEST
    assert name.endswith("x.pdf")


def test_a_type_is_a_type_or_bytes() -> None:
    assert safe_type("image/png") == "image/png"
    assert safe_type("text/html\r\nX: y") == "application/octet-stream"
    assert safe_type("nonsense") == "application/octet-stream"
