"""How much a signal is like those an inbox was told are unwanted. Pure.

A naive Bayes in the form of Robinson and Fisher: each word's share is drawn towards a half while little is
known of it, and the chances are combined by chi-square (G. Robinson, "A Statistical Approach to the Spam
Problem", Linux Journal 107, 2003).
"""

import math
from collections.abc import Mapping
from uuid import UUID

import msgspec

ENOUGH = 20
"""Of each sort, before anything is said."""
UNWANTED = 0.95
WANTED = 0.05
MOST = 150
NEUTRAL = 0.1
"""Words this near to a half say nothing."""
STRENGTH, PRIOR = 0.45, 0.5
SHOWN = 4


class Learnt(msgspec.Struct, frozen=True):
    """Of how many mails an inbox has learnt."""

    inbox_id: UUID
    unwanted: int
    wanted: int

    @property
    def is_enough(self) -> bool:
        """Whether it may have an opinion."""
        return min(self.unwanted, self.wanted) >= ENOUGH


class Opinion(msgspec.Struct, frozen=True):
    """How likely it is unwanted, 0 to 1, and the words that say so most."""

    likelihood: float
    words: tuple[str, ...] = ()

    @property
    def is_unwanted(self) -> bool:
        """Surely enough to hold it back."""
        return self.likelihood >= UNWANTED

    @property
    def is_wanted(self) -> bool:
        """Surely enough to let it in against a rule."""
        return self.likelihood <= WANTED


def opinion(words: Mapping[int, str], known: Mapping[int, tuple[int, int]], learnt: Learnt) -> Opinion:
    """What is thought of these words; `known`: in how many unwanted and wanted mails each was."""
    shares = [(_share(*known[number], learnt), word) for number, word in words.items() if number in known]
    telling = sorted((s for s in shares if abs(s[0] - 0.5) >= NEUTRAL), key=lambda s: -abs(s[0] - 0.5))[:MOST]
    if not telling:
        return Opinion(0.5)
    against = _chi_square(-2 * sum(math.log(1 - share) for share, _ in telling), len(telling))
    in_favour = _chi_square(-2 * sum(math.log(share) for share, _ in telling), len(telling))
    loudest = tuple(word for share, word in telling if share > 0.5 and ":" not in word)[:SHOWN]
    return Opinion((1 + in_favour - against) / 2, loudest)


def _share(unwanted: int, wanted: int, learnt: Learnt) -> float:
    among_unwanted, among_wanted = unwanted / learnt.unwanted, wanted / learnt.wanted
    share = among_unwanted / ((among_unwanted + among_wanted) or 1)
    seen = unwanted + wanted
    return (STRENGTH * PRIOR + seen * share) / (STRENGTH + seen)


def _chi_square(value: float, pairs: int) -> float:
    """The chance of a chi-square with twice `pairs` degrees of freedom to be above `value`."""
    half = value / 2
    term = math.exp(-half) if half < 700 else 0.0
    total = term
    for n in range(1, pairs):
        term *= half / n
        total += term
    return min(total, 1.0)
