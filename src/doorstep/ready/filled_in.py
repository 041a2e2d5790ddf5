"""What leaves is filled in: a variable that nothing was known for stops it, until somebody sees to it."""

from doorstep.kernel import Invalid
from doorstep.ready.values import VARIABLES
from doorstep.ready.variables import unfilled

_WORDS = {each.name: each.words for each in VARIABLES}


class Unfilled(Invalid):
    """Something is still to be filled in. Write it where it is marked, or take it out."""

    title = "Not filled in"


def check_filled_in(words: str) -> None:
    """Raises `Unfilled` with `unknown`, the names of the variables that still stand in plain words."""
    unknown = unfilled(words, _WORDS)
    if unknown:
        *others, last = (_WORDS[name] for name in unknown)
        what = f"{', '.join(others)} or {last}" if others else last
        it = "each" if others else "it"
        raise Unfilled(
            f"We do not know {what}. Write {it} where it is marked, or take it out.",
            field="html",
            unknown=unknown,
        )
