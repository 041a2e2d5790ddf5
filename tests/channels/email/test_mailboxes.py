"""Mailboxes, however they are written."""

import pytest

from doorstep.channels.email.mailboxes import MOST, mailbox, mailboxes


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("ada@Example.TEST", [("", "ada@example.test")]),
        ("Ada Lovelace <ada@x.test>", [("Ada Lovelace", "ada@x.test")]),
        ('"Lovelace, Ada" <ada@x.test>, bob@x.test', [("Lovelace, Ada", "ada@x.test"), ("", "bob@x.test")]),
        ("ada@x.test (Ada (Countess))", [("Ada (Countess)", "ada@x.test")]),
        ("=?utf-8?Q?J=C3=BCrgen=2C_X?= <j@x.test>", [("Jürgen, X", "j@x.test")]),
        ('"=?utf-8?Q?J=C3=BCrgen?=" <j@x.test>', [("Jürgen", "j@x.test")]),
        ("Friends: a@x.test, b@x.test;, c@x.test", [("", "a@x.test"), ("", "b@x.test"), ("", "c@x.test")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.test,@other.test:ada@x.test>", [("", "ada@x.test")]),
        ("mailto:ada@x.test", [("", "ada@x.test")]),
        ("'ada@x.test' <ada@x.test>", [("ada@x.test", "ada@x.test")]),
        ("ada@x.test, ADA@x.test", [("", "ada@x.test")]),
        ("Ada <ada@x.test", [("Ada", "ada@x.test")]),
        ("Ada ada@x.test", [("", "ada@x.test")]),
        ("jürgen@müller.test", [("", "jürgen@müller.test")]),
        ('"Ada \\" Q" <ada@x.test>', [('Ada " Q', "ada@x.test")]),
        ("ada at x.test", []),
        ("<>", []),
        ("@", []),
        ("a@" + "b" * 400, []),
        ("Ev\x00il\r\nBcc: c@x.test <ada@x.test>", [("c@x.test", "ada@x.test")]),
    ],
)
def test_reads_them(value: str, found: list[tuple[str, str]]) -> None:
    assert [(address.name, address.value) for address in mailboxes(value)] == found


def test_there_is_an_end_to_recipients() -> None:
    assert len(mailboxes(",".join(f"a{n}@x.test" for n in range(5_000)))) == MOST


def test_hidden_characters_make_no_other_person() -> None:
    found = mailbox("ada\u202e@x.\u200btest")
    assert found is not None
    assert found.value == "ada@x.test"
