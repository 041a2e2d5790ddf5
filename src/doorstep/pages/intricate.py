"""Whether HTML would cost a parser far more than its length: what nests or stays open makes it quadratic.

Measured on nh3 0.3.8: 20,000 nested divs take 1.4 s, 100,000 attributes of one tag 3 s, and each block that
follows N unclosed formats of different looks makes N elements (HTML standard §13.2.4.3): 1.4 million of them
take 3.7 s and a gigabyte.
"""

import re
from collections import Counter

from doorstep.kernel import has_gap

LONGEST = 1_000_000
MOST_TAGS = 60_000
MOST_REFERENCES = 60_000
MOST_ATTRIBUTES = 2_000
DEEPEST = 400
MOST_FORMATTING = 200_000
"""Tags times different formats: the elements that unclosed ones could make."""

_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]{0,20})[^\s/>]*+"
    r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)>?"
)
_OPENING = re.compile(r"<([a-zA-Z][^\s/>]*+)")
_LONG_TAG = re.compile(rf"<[^>]{{{MOST_ATTRIBUTES}}}")
_QUOTED_END = re.compile(r"=\s*+(?:\"[^\">]*+>|'[^'>]*+>)")
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s/>=\"']")
_FORMATS = {
    *("b", "big", "code", "em", "font", "i", "nobr"),
    *("s", "small", "strike", "strong", "tt", "u"),
}
_CLOSED_BY_OTHERS = {
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "html",
    "head",
    "body",
}
_EMPTY = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input"),
    *("link", "meta", "param", "source", "track", "wbr"),
}
_NEVER_NESTED = _EMPTY | _CLOSED_BY_OTHERS


def is_intricate(html: str) -> bool:
    """Whether to leave it alone. One pass, linear in the length."""
    marks = html.count("<")
    if len(html) > LONGEST or html.count("&") > MOST_REFERENCES or marks > MOST_TAGS:
        return True
    if _is_flat(html, marks) and _has_short_tags(html):
        return False
    depth, looks, tags = 0, set(), 0
    for slash, name, rest in _TAG.findall(html):
        tag, tags = name.lower(), tags + 1
        if tag in _FORMATS and not slash:
            looks.add((tag, rest))
        if tag not in _NEVER_NESTED:
            depth = max(0, depth + (-1 if slash else 1))
        if depth > DEEPEST or _has_many_attributes(rest):
            return True
    return tags * len(looks) > MOST_FORMATTING


def _is_flat(html: str, marks: int) -> bool:
    """Whether there are not even so many beginnings of elements as may be nested, nor of formats."""
    if marks <= DEEPEST:
        return True
    nesting = formats = 0
    for name, count in Counter(_OPENING.findall(html)).items():
        tag = name.lower()
        nesting += count * (tag not in _NEVER_NESTED)
        formats += count * (tag in _FORMATS)
    return nesting <= DEEPEST and marks * formats <= MOST_FORMATTING


def _has_short_tags(html: str) -> bool:
    """Whether no tag has room for more attributes than may be; a `>` in quotes would hide its end."""
    if len(html) < 2 * MOST_ATTRIBUTES:
        return True
    if has_gap(html, ">", MOST_ATTRIBUTES) and _LONG_TAG.search(html):
        return False
    return _QUOTED_END.search(html) is None


def _has_many_attributes(rest: str) -> bool:
    return len(rest) > MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(rest)) > MOST_ATTRIBUTES


def without_formatting(html: str) -> str:
    """The same words and blocks, without bold and fonts: for a page whose formatting is the trouble."""
    return _TAG.sub(lambda found: "" if found[2].lower() in _FORMATS else found[0], html)
