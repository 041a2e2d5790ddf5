"""File names nobody can be tricked by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.channels.email.names import LONGEST, apart, safe_name, safe_type


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


def test_no_two_names_are_alike() -> None:
    assert apart(["a.pdf", "A.pdf", "b", "b", "a.pdf", "a (2).pdf", ".env", ".env"]) == [
        *("a.pdf", "A (3).pdf", "b", "b (2)", "a (4).pdf", "a (2).pdf", ".env", ".env (2)"),
    ]


@given(st.lists(st.sampled_from(["a", "a (2)", "a (2) (2)", "A", "a.b", "a (2).b", "é"]), max_size=30))
def test_every_file_keeps_a_name_of_its_own(names: list[str]) -> None:
    assert len({name.casefold() for name in apart(names)}) == len(names)
