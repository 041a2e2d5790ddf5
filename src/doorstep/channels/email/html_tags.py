"""HTML cut at its tags, in one pass: no tree, so nothing a sender nests can slow it."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "math"}
"""Elements whose content nobody reads."""

_NAME = r"/?[a-zA-Z][a-zA-Z0-9:]{0,30}"
_REST = r"""[^<>"']*+(?:(?:"[^"]{0,20000}"|'[^']{0,20000}')[^<>"']*+)*+"""
_UNREAD = r"(?i:s(?:cript|tyle|vg)|head|t(?:itle|emplate)|noscript|object|iframe|math)(?![a-zA-Z0-9:])"
_TAG = re.compile(rf"<({_NAME})({_REST})>")
_USUAL = re.compile(
    rf"<(?:(?!{_UNREAD})({_NAME})({_REST})>"
    rf"|({_UNREAD}){_REST}>(?:[^<]++|<(?!/(?i:\3)\b))*+</(?i:\3)\b[^>]*+>"
    r"|!(?=--)(?:[^-]++|-(?!->))*+-->"
    r"|(?:!(?!--)|\?|/(?![a-zA-Z]))[^>]*+>"
    r"|(?=[a-zA-Z/!?])(.*+))",
    re.DOTALL,
)
"""A tag; an element nobody reads, with its content; a comment; a declaration; all from what is broken on."""
_BROKEN_TAG = re.compile(rf"<({_NAME})([^>]*)>")
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")


class Tags(msgspec.Struct, frozen=True):
    """Tags, and the words between them: one stretch of words more than there are tags.

    `names` as they stand, with the `/` of a closing tag; none for a comment and the like. `rests`: what
    stands behind the names.
    """

    words: list[str]
    names: list[str | None]
    rests: list[str | None]


@lru_cache(maxsize=1)
def tags(html: str) -> Tags:
    """Cut it. The last page is kept: it is read for its words, and then for the quotations in it."""
    for control in "\r\n\t\x01":
        html = html.replace(control, " ")
    pieces = _USUAL.split(html)
    words, names, rests, broken = pieces[::5], pieces[1::5], pieces[2::5], pieces[4::5]
    if broken and broken[-1]:
        del words[-1], names[-1], rests[-1]
        for name, rest, following in _one_by_one(f"<{broken[-1]}"):
            names.append(name)
            rests.append(rest)
            words.append(following)
    return Tags(words, names, rests)


def _one_by_one(html: str) -> Iterator[tuple[str | None, str | None, str]]:
    """Each tag and the words behind it, where tags or quotes do not close. It begins with markup."""
    at, pattern = 0, _TAG
    endless: set[str] = set()
    while at < len(html):
        match = None
        if html[at + 1] not in "!?" and not (match := pattern.match(html, at)):
            # Behind a tag whose quotes never close, quotes do not count.
            match, pattern = _BROKEN_TAG.match(html, at), _BROKEN_TAG
        if match:
            at = _after_silence(html, match.end(), match[1].lower(), endless)
        else:
            at = _after_markup(html, at)
        following = _MARKUP.search(html, at)
        end = following.start() if following else len(html)
        yield match and match[1], match and match[2], html[at:end]
        at = end


def _after_markup(html: str, at: int) -> int:
    """Behind a comment, a declaration or a stray `</`; an open one takes the rest, as in a browser."""
    mark = "-->" if html.startswith("<!--", at) else ">"
    end = html.find(mark, at)
    return len(html) if end < 0 else end + len(mark)


def _after_silence(html: str, at: int, name: str, endless: set[str]) -> int:
    """Behind an element nobody reads. One that never ends is passed over, but for scripts and styles."""
    if name not in SILENT or name in endless:
        return at
    # Not one pattern up to the ">": without a ">" that would look to the end again from every such tag.
    begun = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, at)
    end = html.find(">", begun.end()) if begun else -1
    if end >= 0:
        return end + 1
    endless.add(name)
    return len(html) if name in ("script", "style") else at
