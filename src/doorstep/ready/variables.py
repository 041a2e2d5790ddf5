"""Variables: `{{…}}` in words that are ready, and what stands in for them. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from html import escape

from doorstep.kernel import Invalid

_PLACE = re.compile(r"\{\{\s*([^{}]{0,60}?)\s*\}\}")
_MARK = re.compile(r"\[([a-z_.]{1,60})\?\]")


def check(words: str, known: Collection[str], field: str) -> None:
    """Raises `Invalid`, naming the field, for a variable there is none of."""
    for name in _PLACE.findall(words):
        if name not in known:
            there = ", ".join(f"{{{{{one}}}}}" for one in known)
            raise Invalid(f"There is no {{{{{name}}}}}. There are: {there}.", field=field)


def filled(words: str, values: Mapping[str, str], missing: Callable[[str], str] = lambda _: "") -> str:
    """With the values in their places; what a value holds is never filled again.

    `missing` gives what stands where there is no value, or an empty one.
    """
    return _PLACE.sub(lambda found: values.get(found[1]) or missing(found[1]), words)


def filled_html(html: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """HTML with the values, escaped, in their places, and the names of those that were not known.

    In the place of each of these stands `[its.name?]`, for whoever reads it over.
    """
    unknown: dict[str, None] = {}

    def mark(name: str) -> str:
        unknown[name] = None
        return f"[{name}?]"

    said = {name: escape(value) for name, value in values.items()}
    return filled(html, said, mark), tuple(unknown)


def unfilled(words: str, known: Collection[str]) -> tuple[str, ...]:
    """The variables that nothing stands in for: `[its.name?]`, or as somebody typed them; each once."""
    return tuple(dict.fromkeys(name for name in _open(words) if name in known))


def _open(words: str) -> Iterator[str]:
    for place in (_MARK, _PLACE):
        yield from place.findall(words)
