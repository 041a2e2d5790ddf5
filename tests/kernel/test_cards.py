"""What is a card number is masked; what only looks like one stays."""

import time

import pytest

from doorstep.kernel.cards import has_card, masked

CARDS = [
    ("4111111111111111", "••••••••••••1111"),
    ("4111 1111 1111 1111", "•••• •••• •••• 1111"),
    ("4111-1111-1111-1111", "••••-••••-••••-1111"),
    ("5555.5555.5555.4444", "••••.••••.••••.4444"),
    ("5555\u00a05555\u00a05555\u00a04444", "••••\u00a0••••\u00a0••••\u00a04444"),
    ("378282246310005", "•••••••••••0005"),
    ("3782 822463 10005", "•••• •••••• •0005"),
    ("30569309025904", "••••••••••5904"),
    ("3056 930902 5904", "•••• •••••• 5904"),
    ("6011111111111117", "••••••••••••1117"),
    ("3530111333300000", "••••••••••••0000"),
    ("6200000000000005", "••••••••••••0005"),
    ("2223003122003222", "••••••••••••3222"),
    ("6304000000000000", "••••••••••••0000"),
    ("2200000000000004", "••••••••••••0004"),
]


@pytest.mark.parametrize(("card", "shown"), CARDS)
def test_a_card_number_is_masked_however_it_is_written(card: str, shown: str) -> None:
    assert masked(card) == shown
    assert masked(f"My card is {card}, until 12/28.") == f"My card is {shown}, until 12/28."
    assert masked(f"({card})") == f"({shown})"
    assert masked(f"<td>{card}</td>") == f"<td>{shown}</td>"


@pytest.mark.parametrize(
    "words",
    [
        "4111111111111112",  # the check digit is wrong
        "1234567890123452",  # passes Luhn, and nobody issues it
        "Order 48213, order #100000482135, PO 2026-11-000123456789",
        "+49 40 5555 0140 22 and 0049 40 55550140, +30 210 555 0140",
        "+4111111111111111",
        "00340434161094042557 and 340434161094042557",  # parcels: DHL
        "9400 1000 0000 0000 0000 00, 9405511899223197428490",  # USPS
        "1Z999AA10123456784, JD014600003712345678, RR473124829DE",  # UPS, DHL, registered
        "01234567890123, 15501234567890",  # DPD
        "DE89 3704 0044 0532 0130 00, GB82WEST12345698765432, FR1420041010050500013M02606",
        "GR16 0110 1250 0000 0001 2300 695",
        "NL91ABNA0417164300",
        "4006381333931",  # the number under a bar code
        "https://shop.example/?id=4111111111111111",
        "id:x4111111111111111x a4111111111111111",
        "1600000000000000 2026-11-23 10:00:00.000 1732356000000",
        "0000 0000 0000 0000, 4444444444444444444444",
        "tel:4111111111111111@sip.example",
    ],
)
def test_other_numbers_stay(words: str) -> None:
    assert masked(words) is words
    assert not has_card(words)


def test_two_cards_and_what_stands_between_them() -> None:
    words = "order 48213 4111 1111 1111 1111 12 28 then 5555555555554444."
    assert masked(words) == "order 48213 •••• •••• •••• 1111 12 28 then ••••••••••••4444."


def test_a_masked_text_stays_as_it_is() -> None:
    once = masked("4111 1111 1111 1111")
    assert masked(once) is once


@pytest.mark.parametrize("nasty", ["1 ", "4", "4111 ", "4111 1111 1111 111x ", "4111 1111 1111 1111 "])
def test_time_grows_with_the_length_and_not_faster(nasty: str) -> None:
    def seconds(length: int) -> float:
        began = time.perf_counter()
        masked(nasty * (length // len(nasty)))
        return time.perf_counter() - began

    seconds(20_000)
    assert seconds(200_000) < 30 * max(seconds(20_000), 0.001)


def test_a_text_without_a_long_number_costs_next_to_nothing() -> None:
    words = "I ordered on 3 May 2026, number 48213, and it has not come. " * 100
    began = time.perf_counter()
    for _ in range(100):
        masked(words)
    assert (time.perf_counter() - began) / 100 < 0.002
