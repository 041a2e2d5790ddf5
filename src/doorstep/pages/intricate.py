"""Whether HTML would cost a parser far more than its length: what nests or stays open makes it quadratic.

Measured on nh3 0.3.8: 20,000 nested divs take 1.4 s, 100,000 attributes of one tag 3 s, and each block that
follows N unclosed formats of different looks makes N elements (HTML standard §13.2.4.3): 1.4 million of them
take 3.7 s and a gigabyte.
"""

import re

LONGEST = 1_000_000
MOST_TAGS = 60_000
MOST_REFERENCES = 60_000
MOST_ATTRIBUTES = 2_000
DEEPEST = 400
MOST_FORMATTING = 200_000
"""Tags times different formats: the elements that unclosed ones could make."""

_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]{0,20})[^\s/>]*+"
    r"((?:[\s/]++|[^\s/>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+)>?"
)
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


def is_intricate(html: str) -> bool:
    """Whether to leave it alone. One pass, linear in the length."""
    if len(html) < 2 * MOST_ATTRIBUTES and html.count("<") <= DEEPEST:
        return False
    if len(html) > LONGEST or html.count("&") > MOST_REFERENCES or html.count("<") > MOST_TAGS:
        return True
    depth, looks, tags = 0, set(), 0
    for slash, name, rest in _TAG.findall(html):
        tag, tags = name.lower(), tags + 1
        if tag in _FORMATS and not slash:
            looks.add((tag, rest))
        if tag not in _EMPTY and tag not in _CLOSED_BY_OTHERS:
            depth = max(0, depth + (-1 if slash else 1))
        if depth > DEEPEST or _has_many_attributes(rest):
            return True
    return tags * len(looks) > MOST_FORMATTING


def _has_many_attributes(rest: str) -> bool:
    return len(rest) > MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(rest)) > MOST_ATTRIBUTES


def without_formatting(html: str) -> str:
    """The same words and blocks, without bold and fonts: for a page whose formatting is the trouble."""
    return _TAG.sub(lambda found: "" if found[2].lower() in _FORMATS else found[0], html)
