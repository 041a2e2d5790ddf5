"""Names: whether two names can be one person's, over errors, short forms, marriages and scripts. Pure."""

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from doorstep.customers.words import lines_of, words_of

CLOSE = 0.84
"""Jaro-Winkler from which two words of five letters or more are one word, mistyped."""
APART = 0.65
"""Similarity below which two given names are two people's, whether we know them or not."""
_TITLES = words_of("titles")
_GIVEN = words_of("given")
_CYRILLIC_IN_LATIN = "a|b|v|g|d|e|e|zh|z|i|i|k|l|m|n|o|p|r|s|t|u|f|kh|ts|ch|sh|shch||y||e|yu|ya|i|i|e|g"
_GREEK_IN_LATIN = "a|v|g|d|e|z|i|th|i|k|l|m|n|x|o|p|r|s|s|t|y|f|ch|ps|o"
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        _CYRILLIC_IN_LATIN.split("|"),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        _GREEK_IN_LATIN.split("|"),
        strict=True,
    )
)
_LETTERS = str.maketrans(
    _CYRILLIC
    | _GREEK
    | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_VOWELS = "aeiouy"
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


class Kin(IntEnum):
    """What two names say of those who have them."""

    OTHER = 0
    """Nothing of one is in the other."""
    FAMILY = 1
    """One family, two given names: a couple, a brother."""
    UNSAID = 2
    """There is no name, or none that can be compared."""
    GIVEN = 3
    """One given name, two families: married, or two people."""
    PART = 4
    """What there is of one is in the other: an initial, one name of two."""
    SAME = 5


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Plain lower-case letters and digits of the Latin alphabet, with single spaces; other scripts stay."""
    # й is и and a breve to Unicode, so letters go over before marks go.
    latin = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.translate(_LETTERS)))


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, given names first; titles and what stands in brackets left out."""
    bare = re.sub(r"\(.*?\)|\"|'s\b", " ", name)
    family, comma, given = bare.partition(",")
    words = fold(f"{given} {family}" if comma else bare).split()
    kept = tuple(word for word in words if word not in _TITLES)
    return kept if kept else tuple(words)


@cache
def _groups() -> dict[str, frozenset[int]]:
    lines = lines_of("nicknames")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in fold(line).split() if not line.startswith("#") else ():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def is_title(word: str) -> bool:
    """Whether it stands before names and is none."""
    return word in _TITLES


def is_given(word: str) -> bool:
    """Whether it is a given name that we know."""
    return word in _groups() or word in _GIVEN


def _plain(word: str) -> str:
    for two, one in _DIGRAPHS:
        word = word.replace(two, one)
    return word


@lru_cache(maxsize=65536)
def is_word(one: str, other: str) -> bool:
    """Whether two words of names are one, mistyped or written otherwise."""
    if one == other or _plain(one) == _plain(other):
        return True
    shorter = min(len(one), len(other))
    if shorter <= 2 or (is_given(one) and is_given(other)):
        return False
    off = DamerauLevenshtein.distance(one, other)
    if off == 1 and shorter >= 4:
        return True
    return shorter >= 5 and off <= 2 and JaroWinkler.similarity(one, other) >= CLOSE


@lru_cache(maxsize=65536)
def is_given_alike(one: str, other: str) -> bool:
    """Whether two given names can be one person's: the same, a short form, an initial."""
    groups = _groups()
    if groups.get(one, frozenset()) & groups.get(other, frozenset()):
        return True
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return one == other or (is_word(one, other) and not _is_other_ending(one, other))


def is_another(one: str, other: str) -> bool:
    """Whether two given names are surely two people's, and no error of typing."""
    if is_given_alike(one, other):
        return False
    if _is_other_ending(one, other) or (is_given(one) and is_given(other)):
        return True
    return DamerauLevenshtein.normalized_similarity(one, other) < APART


def _is_other_ending(one: str, other: str) -> bool:
    """Mario and Maria, Daniel and Daniela, Julia and Julian: two people more often than an error."""
    short, long = sorted((one, other), key=len)
    same = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return len(long) - same == 1 and not _is_slip_at_end(short, long)


def _is_slip_at_end(short: str, long: str) -> bool:
    """A last letter twice, or one that is missing from a name that we know."""
    if long == short + short[-1]:
        return True
    return long[:-1] == short and is_given(long) and not is_given(short) and short[-1] not in _VOWELS


def is_another_person(one: str, other: str) -> bool:
    """Whether both names say whose they are, and not the same: no given name of one is one of the other's."""
    mine, theirs = parts(one), parts(other)
    if not mine or not theirs or _is_latin(mine) != _is_latin(theirs):
        return False
    if kin(one, other) >= Kin.GIVEN:
        return False
    return all(is_another(here, there) for here in _givens(mine) for there in _givens(theirs))


def _givens(words: tuple[str, ...]) -> tuple[str, ...]:
    """Those that can be given names: all but the last, and the last where it is one and the first is none."""
    if len(words) < 2:
        return words
    return words if is_given(words[-1]) and not is_given(words[0]) else words[:-1]


def is_given_of(said: str, name: str) -> bool:
    """Whether a name says the given name of another, or its initial."""
    theirs = _givens(parts(name))
    return any(is_given_alike(one, other) for one in parts(said) for other in theirs)


def is_named_after(letters: str, name: str) -> bool:
    """Whether what stands before an @ says a name: the given name, or its initial and the family's."""
    words = parts(name)
    if len(words) < 2:
        return False
    plain = fold(letters)
    given, family = _plain(words[0]), _plain(words[-1])
    return (len(given) >= 4 and given in _plain(plain)) or _plain(plain) == given[0] + family


def kin(one: str, other: str) -> Kin:
    """What two whole names say of each other."""
    mine, theirs = parts(one), parts(other)
    if not mine or not theirs or _is_latin(mine) != _is_latin(theirs):
        return Kin.UNSAID
    if len(mine) == 1 or len(theirs) == 1:
        return _one_word(mine, theirs)
    return max(_in_order(mine, theirs), _in_order(mine, theirs[1:] + theirs[:1]), _joined(mine, theirs))


def _is_latin(words: tuple[str, ...]) -> bool:
    return all(c < "\u0250" for word in words for c in word)


def _one_word(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Kin:
    alone, whole = (mine[0], theirs) if len(mine) == 1 else (theirs[0], mine)
    if len(whole) == 1:
        return Kin.PART if is_given_alike(alone, whole[0]) else Kin.OTHER
    if any(is_word(alone, word) for word in whole) or is_given_alike(alone, whole[0]):
        return Kin.PART
    return Kin.SAME if is_word(alone, "".join(whole)) else Kin.OTHER


def _in_order(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Kin:
    given = any(is_given_alike(one, other) for one in mine[:-1] for other in theirs[:-1])
    family = any(_is_family(one, other) for one in _families(mine) for other in _families(theirs))
    if given and family:
        is_initial = min(len(mine[0]), len(theirs[0])) == 1
        return Kin.PART if is_initial and mine[0] != theirs[0] else Kin.SAME
    if family:
        return Kin.FAMILY
    return Kin.GIVEN if given else Kin.OTHER


def _is_family(one: str, other: str) -> bool:
    """What stands last may be a given name, where the family's stands first."""
    return is_given_alike(one, other) if is_given(one) and is_given(other) else is_word(one, other)


def _families(words: tuple[str, ...]) -> tuple[str, ...]:
    """The last word; and of three or more the one before it: a double name, or the Spanish way."""
    return words[-2:] if len(words) > 2 else words[-1:]


def _joined(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Kin:
    """Spaces that were lost, or put where none were."""
    return Kin.SAME if "".join(mine) == "".join(theirs) else Kin.OTHER
