"""Card numbers: found by their issuer's range and their check digit, and masked but for the last four. Pure.

A number counts when it stands alone, written in one piece or in the groups it has on a card, begins with a
range that an issuer of cards has (ISO/IEC 7812), is of that issuer's length and passes Luhn (Annex B). So
order and parcel numbers, telephone numbers and IBANs stay. Takes time in proportion to the length.
"""

import re

MASK = "•"
MOST_GROUPS = 5
_FIRST_LOOK = re.compile(r"[0-9](?:[ .\-\u00a0\u2009\u202f]?[0-9]){13}")
_NUMBER = re.compile(r"(?<![0-9])[0-9]+(?:[ .\-\u00a0\u2009\u202f][0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_GLUED = re.compile(r"[\w+/=%#&@]")
"""What a number that is something else hangs on: a letter of an IBAN or a link, the + of a telephone."""

_SHAPES = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (6, 13), (6, 10))
_RANGES: tuple[tuple[int, int, frozenset[int]], ...] = (
    (300, 305, frozenset({14})),
    (34, 34, frozenset({15})),
    (3528, 3589, frozenset({16, 17, 18, 19})),
    (36, 36, frozenset({14})),
    (37, 37, frozenset({15})),
    (38, 39, frozenset({14})),
    (4, 4, frozenset({16, 18, 19})),
    (5018, 5018, frozenset({16, 18, 19})),
    (5020, 5020, frozenset({16, 18, 19})),
    (5038, 5038, frozenset({16, 18, 19})),
    (51, 55, frozenset({16})),
    (5893, 5893, frozenset({16, 18, 19})),
    (6011, 6011, frozenset({16, 19})),
    (62, 62, frozenset({16, 17, 18, 19})),
    (6304, 6304, frozenset({16, 18, 19})),
    (644, 659, frozenset({16, 19})),
    (6759, 6763, frozenset({16, 18, 19})),
    (2200, 2204, frozenset({16, 17, 18, 19})),
    (2221, 2720, frozenset({16})),
)
"""First and last beginning of an issuer, and the lengths its numbers have."""
_DOUBLED = tuple(sum(divmod(2 * n, 10)) for n in range(10))


def masked(text: str) -> str:
    """The text with every card number in it masked, as long as it was; the same object when there is none."""
    if not _FIRST_LOOK.search(text):
        return text
    found = [span for number in _NUMBER.finditer(text) for span in _cards(text, number)]
    if not found:
        return text
    letters = list(text)
    for places in found:
        for place in places[:-4]:
            letters[place] = MASK
    return "".join(letters)


def has_card(text: str) -> bool:
    """Whether a card number stands in it."""
    return masked(text) is not text


def _cards(text: str, number: "re.Match[str]") -> list[list[int]]:
    """The places of the digits of each card number within one row of groups."""
    begin, end = number.span()
    if begin and _GLUED.match(text[begin - 1]):
        return []
    if end < len(text) and re.match(r"[\w@]", text[end]):
        return []
    groups = [group.span() for group in _GROUP.finditer(text, begin, end)]
    found, at = [], 0
    while at < len(groups):
        taken = next(
            (
                n
                for n in _sizes(groups[at : at + MOST_GROUPS])
                if _is_card(_digits(text, groups[at : at + n]))
            ),
            0,
        )
        if taken:
            found.append([place for span in groups[at : at + taken] for place in range(*span)])
        at += taken or 1
    return found


def _sizes(groups: list[tuple[int, int]]) -> list[int]:
    """Of how many groups a card number that begins here may be."""
    lengths = tuple(end - begin for begin, end in groups)
    return [1, *(len(shape) for shape in _SHAPES if lengths[: len(shape)] == shape)]


def _digits(text: str, groups: list[tuple[int, int]]) -> str:
    return "".join(text[begin:end] for begin, end in groups)


def _is_card(digits: str) -> bool:
    size = len(digits)
    if not 14 <= size <= 19 or len(set(digits)) == 1:
        return False
    issued = any(
        first <= int(digits[: len(str(first))]) <= last and size in sizes for first, last, sizes in _RANGES
    )
    return issued and _luhn(digits)


def _luhn(digits: str) -> bool:
    odd = sum(int(d) for d in digits[::-2])
    return (odd + sum(_DOUBLED[int(d)] for d in digits[-2::-2])) % 10 == 0
