"""One seed, one company; and it trades as a shop does."""

from collections import Counter
from datetime import UTC, date, datetime
from statistics import quantiles

import pytest

from doorstep.demo.company import Company, company
from doorstep.demo.persons import latin

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def small() -> Company:
    """A fiftieth of it."""
    return company(NOW, scale=0.02)


def test_the_same_seed_makes_the_same_company(small: Company) -> None:
    assert company(NOW, scale=0.02).rows == small.rows
    assert company(NOW, seed=2, scale=0.02).rows != small.rows


def test_it_is_as_large_as_was_asked(small: Company) -> None:
    assert len(small.people) == 410
    assert len(small.articles) == 60
    assert 2.5 < len(small.sold) / len(small.people) < 3.9
    assert len(small.rows["location"]) >= 5


def test_most_buy_once_to_three_times_and_a_few_twenty_times(small: Company) -> None:
    times = Counter(Counter(sold.person.key for sold in small.sold).values())
    buyers = sum(times.values())
    assert 0.7 < sum(times[n] for n in (1, 2, 3)) / buyers < 0.88
    assert 0 < sum(count for n, count in times.items() if n >= 20) / buyers < 0.05


def test_parcels_come_in_days_and_few_come_late(small: Company) -> None:
    promised = {row[0]: row[10] for row in small.rows["shipment"]}
    placed = {row[0]: row[5] for row in small.rows["sales_order"]}
    order_of = {row[0]: row[3] for row in small.rows["shipment"]}
    came = {row[1]: row[3] for row in small.rows["tracking_event"] if row[4] == "delivered"}
    days = [(at - placed[order_of[parcel]]).total_seconds() / 86400 for parcel, at in came.items()]
    median, tenth = quantiles(days, n=10)[4], quantiles(days, n=10)[8]
    assert 2 < median < 3.5
    assert 4 < tenth < 7
    assert 0.04 < sum(at.date() > promised[parcel] for parcel, at in came.items()) / len(came) < 0.13


def test_money_comes_by_several_ways_and_some_goes_back(small: Company) -> None:
    methods = Counter(row[7].split()[0] for row in small.rows["payment"])
    cards = methods["Visa"] + methods["Mastercard"] + methods["Debit"]
    assert 0.6 < cards / methods.total() < 0.8
    assert 0.03 < len(small.rows["refund"]) / len(small.sold) < 0.1


def test_nothing_has_happened_that_lies_ahead(small: Company) -> None:
    for table, column in [("sales_order", 5), ("payment", 5), ("refund", 5), ("tracking_event", 3)]:
        assert max(row[column] for row in small.rows[table]) <= NOW
    assert min(row[5] for row in small.rows["sales_order"]).date() > date(2025, 11, 20)


def test_totals_are_the_lines_and_the_shipping(small: Company) -> None:
    lines: Counter[object] = Counter()
    for row in small.rows["line_item"]:
        lines[row[1]] += row[5] * row[6]
    assert all(row[8] == lines[row[0]] + row[9] for row in small.rows["sales_order"])


def test_people_can_be_told_apart_and_are_nobody(small: Company) -> None:
    mailboxes = [person.mailbox for person in small.people]
    assert len(set(mailboxes)) == len(mailboxes)
    assert all(mailbox.isascii() and _is_reserved(mailbox.partition("@")[2]) for mailbox in mailboxes)
    assert len({person.language for person in small.people}) >= 9


def _is_reserved(domain: str) -> bool:
    return domain.endswith(".example") or domain in {"example.com", "example.net", "example.org"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ιωάννα", "ioanna"),
        ("Weiß", "weiss"),
        ("Małgorzata", "malgorzata"),
        ("佐藤/sato", "sato"),
        ("Çağlar", "caglar"),
        ("de Jong", "dejong"),
        ("Θανάσης", "thanasis"),
    ],
)
def test_names_in_addresses(name: str, plain: str) -> None:
    assert latin(name) == plain
