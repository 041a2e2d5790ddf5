"""The outcomes of two statements over one batch, as one."""

from collections.abc import Sequence

import msgspec

from doorstep.commerce.model import Outcome


def merged(first: Sequence[Outcome], second: Sequence[Outcome], places: Sequence[int]) -> list[Outcome]:
    """`first`, and what only `second` changed; `places[n - 1]` is where its nth row stands in the batch."""
    of = {outcome.n: outcome for outcome in first}
    for outcome in second:
        n = places[outcome.n - 1]
        of.setdefault(n, msgspec.structs.replace(outcome, n=n))
    return list(of.values())


def whole(count: int, outcomes: Sequence[Outcome]) -> list[int]:
    """The places, from 1, of the rows that nothing is missing for."""
    missing = {outcome.n for outcome in outcomes if outcome.missing}
    return [n for n in range(1, count + 1) if n not in missing]
