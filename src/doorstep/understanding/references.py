"""References: the order numbers that stand in a text, as far as a text alone can tell. Pure, and cheap.

*Surely* is what is called one: by a number sign, or by the word for an order before it, in twelve languages.
*Maybe* is whatever could be one; it counts where a shop knows an order of that number.
"""

import re

import msgspec

LONGEST = 20_000
MOST, MOST_LOOKED_AT = 8, 50
_WORDS = (
    "order|purchase|bestell|auftrag|commande|pedido|encomenda|ordine|zam[oó]wieni|objedn[aá]vk|"
    "παραγγελ|sipari[sş]|заказ|注文|订单|طلب|ordre|tilau[sk]|best[äa]llning"
)
_CALLED = re.compile(
    rf"(?:{_WORDS})[^\W\d]*[\s.:#°º]*(?:nummer|number|n[uú]m[eé]ro|nr|no|n|αρ|id|رقم)?[\s.:#°º]*(?:(?:is|ist|lautet|es|est|è)\s+)?$|#\s?$",
    re.I,
)
_DIGITS = re.compile(r"\d{3}")
_HEAD = re.compile(r"(?:(?<![a-z])[a-z]{1,4}-?)?\d*$", re.I)
_TAIL = re.compile(r"[0-9a-z]*(?:-[0-9a-z]+)*", re.I)
_BEFORE, _LONGEST_NUMBER = 40, 20
_NO_NUMBER = re.compile(r"[@+.,:/\w-]$|\+\d[\d ]*$")
_GOES_ON = re.compile(r"[@]|[.,:/-]\w")


class Orders(msgspec.Struct, frozen=True):
    """Numbers of orders in capitals, without a number sign; those of `surely` stand in `maybe` too."""

    surely: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


def order_numbers(text: str) -> Orders:
    """Those in a text; at most eight of each."""
    said = text[:LONGEST]
    surely: dict[str, None] = {}
    maybe: dict[str, None] = {}
    end = 0
    for _ in range(MOST_LOOKED_AT):
        if len(maybe) >= MOST or (found := _DIGITS.search(said, end)) is None:
            break
        number, start, end = _number_at(said, found.start())
        if len(number) > _LONGEST_NUMBER:
            continue
        before = said[max(0, start - _BEFORE) : start]
        if _CALLED.search(before):
            surely[number] = None
        elif _NO_NUMBER.search(before) or _GOES_ON.match(said, end):
            continue
        maybe[number] = None
    return Orders(tuple(surely), tuple(maybe))


def _number_at(said: str, at: int) -> tuple[str, int, int]:
    """The number that has its first three digits here, and where it begins and ends."""
    head = _HEAD.search(said, max(0, at - 8), at)
    tail = _TAIL.match(said, at)
    start = head.start() if head else at
    end = tail.end() if tail else at + 3
    return said[start:end].upper(), start, end
