"""What servers answer to FETCH, in the forms they use."""

from datetime import UTC, datetime

from doorstep.channels.email.answers import Waiting, contents, listed

AT = datetime(2026, 3, 2, 8, 0, 1, tzinfo=UTC)


def test_a_list_in_any_order_with_other_things_between() -> None:
    lines: list[bytes | tuple[bytes, bytes]] = [
        b'2 (UID 9 RFC822.SIZE 20 INTERNALDATE "02-Mar-2026 09:00:01 +0100")',
        b"3 (UID 9 FLAGS (\\Seen))",
        b'1 (INTERNALDATE " 2-Mar-2026 08:00:01 +0000" RFC822.SIZE 10 UID 7)',
    ]
    assert listed(lines) == [Waiting(7, 10, AT), Waiting(9, 20, AT)]


def test_a_date_that_is_none_is_the_present() -> None:
    before = datetime.now(UTC)
    [mail] = listed([b'1 (UID 7 RFC822.SIZE 10 INTERNALDATE "39-Foo-2026 09:00:01 +0100")'])
    assert before <= mail.at <= datetime.now(UTC)


def test_contents_with_the_uid_before_or_behind() -> None:
    lines: list[bytes | tuple[bytes, bytes]] = [
        (b"1 (UID 7 BODY[] {3}", b"UID"),
        b")",
        (b"2 (BODY[] {5}", b"UID 9"),
        b" UID 8)",
    ]
    assert contents(lines) == {7: b"UID", 8: b"UID 9"}
