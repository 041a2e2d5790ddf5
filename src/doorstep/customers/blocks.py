"""Blocks: the few words under which descriptions that may be of one person meet. Pure."""

import re
from collections.abc import Iterator

from doorstep.customers.names import fold, parts
from doorstep.customers.weigh import Described

_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


def blocks(one: Described) -> frozenset[str]:
    """Each is short, and names few people; who shares none of them is never compared."""
    return frozenset(_blocks(one))


def _blocks(one: Described) -> Iterator[str]:
    words = [_sound(word) for word in parts(one.name) if len(word) > 1]
    ends = sorted({words[0], words[-1]}) if words else []
    if len(ends) == 2:
        yield f"n:{ends[0]}{ends[1]}"
        yield "g:" + "".join(sorted(word[:3] for word in parts(one.name)))
    if one.mailbox:
        local, _, domain = one.mailbox.partition("@")
        yield f"m:{one.mailbox}"
        if len(local) >= 5:
            yield f"l:{local}"
        yield f"d:{domain}"
        yield f"s:{re.sub('[^a-z]', '', local)[:6]}"
    if one.birth_date:
        yield f"b:{one.birth_date:%Y%m%d}"
        for end in ends:
            yield f"y:{one.birth_date:%Y}{end}"
            yield f"o:{one.birth_date:%m}{end}"
    for end in ends:
        if one.postcode:
            yield f"p:{fold(one.postcode)}{end}"
        elif one.city:
            yield f"c:{_sound(fold(one.city))}{end}"
    if one.postcode and one.house_no:
        yield f"h:{fold(one.postcode)}:{fold(one.house_no)}"
    yield from (f"{k}:{v}" for k, v in (("t", one.number), ("k", one.loyalty_no), ("@", one.handle)) if v)


def _sound(word: str) -> str:
    """How it sounds, roughly (Soundex): its first letter and three classes of consonants."""
    coded, last = word[0], word[0].translate(_SOUNDS)
    for letter in word[1:].translate(_SOUNDS):
        if letter.isdigit() and letter != last:
            coded += letter
        if letter not in "hw":
            last = letter
    return coded[:4]
