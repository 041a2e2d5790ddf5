"""The mails that wait: readable, about real orders, from everywhere."""

import random
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest

from doorstep.demo.company import Company, company
from doorstep.demo.letters import Written, fits
from doorstep.demo.open_mails import Posted, open_mails
from doorstep.demo.words import mails

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def part() -> Company:
    """A fifth of the company."""
    return company(NOW, scale=0.2)


@pytest.fixture(scope="module")
def posted(part: Company) -> list[Posted]:
    """What waits."""
    return open_mails(random.Random(1), part)


def test_there_are_about_forty_each_from_another_known_customer(part: Company, posted: list[Posted]) -> None:
    senders = [sender for sender, _, _ in posted]
    assert 35 <= len(posted) <= 45
    assert len(set(senders)) == len(senders)
    assert set(senders) <= {person.mailbox for person in part.people}


def test_they_name_orders_of_their_senders(part: Company, posted: list[Posted]) -> None:
    orders: dict[str, set[str]] = {}
    for sold in part.sold:
        orders.setdefault(sold.person.mailbox, set()).add(sold.no)
    words = {sender: str(_read(raw)) for sender, _, raw in posted}
    naming = [sender for sender, said in words.items() if any(no in said for no in orders[sender])]
    assert len(naming) > 25


def test_they_are_of_the_last_two_days_and_can_be_read(posted: list[Posted]) -> None:
    times = [parsedate_to_datetime(_read(raw)["Date"]) for _, _, raw in posted]
    assert times == sorted(times)
    assert NOW - timedelta(days=2) < times[0] < times[-1] < NOW
    for _, recipient, raw in posted:
        mail = _read(raw)
        body = mail.get_body(("plain",))
        assert mail["To"] == recipient
        assert body is not None
        assert "{" not in f"{mail['Subject']}{body.get_content()}"


def test_some_bring_files_and_pages(posted: list[Posted]) -> None:
    read = [_read(raw) for _, _, raw in posted]
    files = [part for mail in read for part in mail.iter_attachments()]
    assert {part.get_content_type() for part in files} == {"image/png", "application/pdf"}
    starts = {part.get_content()[:4] for part in files}
    assert starts == {b"\x89PNG", b"%PDF"}
    assert sum(mail.get_body(("html",)) is not None for mail in read) >= 2


def test_ten_languages() -> None:
    assert len({mail.language for mail in mails()}) == 10


def test_no_tea_towel_is_cracked(part: Company) -> None:
    towel = next(sold for sold in part.sold if "tea towel" in sold.title)
    broken = next(mail for mail in mails() if mail.matter == "goods")
    assert not fits(broken, towel)
    assert Written(towel)["item"] == towel.title


def _read(raw: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return message_from_bytes(raw, policy=policy.default)
