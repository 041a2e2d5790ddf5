"""How a line may begin that a pattern looks for: asked of all lines, before the pattern is asked of few."""

from collections.abc import Iterable
from itertools import accumulate, product


def ways(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand in no group."""
    depths = accumulate((char == "(") - (char == ")") for char in pattern)
    apart = ("\n" if char == "|" and not depth else char for char, depth in zip(pattern, depths, strict=True))
    return "".join(apart).split("\n")


def cased(beginnings: Iterable[str]) -> frozenset[str]:
    """The same in upper and lower case, and every mixture of them."""
    return frozenset(
        "".join(letters)
        for begun in beginnings
        for letters in product(*((letter.lower(), letter.upper()) for letter in begun))
    )
