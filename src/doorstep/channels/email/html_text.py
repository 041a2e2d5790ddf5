"""The words of an HTML body, in one pass over its tags: no tree, so nothing a sender nests can slow it."""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30})"""
    r"""(?P<rest>(?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}')*+)>"""
)
_WORDS_AND_TAG = re.compile(r"(?P<words>[^<]*+)" + _TAG.pattern)
_BROKEN_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30})(?P<rest>[^>]*)>")
_BROKEN_WORDS_AND_TAG = re.compile(r"(?P<words>[^<]*+)" + _BROKEN_TAG.pattern)
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]{1,300})"|'([^']{1,300})')""", re.IGNORECASE)

_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "math"}
_SPACES = str.maketrans("\r\n\t\x01", "    ")
_SOFT = "\x01"
"""A break unless the line is already new: `</div><div>` is one, `<br></div>` too."""

_PARAGRAPHS = "p table ul ol dl blockquote pre hr form h1 h2 h3 h4 h5 h6"
_BLOCKS = "tr dt dd option div section article header footer address"
_BOTH = dict.fromkeys(_PARAGRAPHS.split(), "\n\n") | dict.fromkeys(_BLOCKS.split(), _SOFT)
_OPENING = _BOTH | {"br": "\n", "li": f"{_SOFT}- "}
_CLOSING = _BOTH | {"li": _SOFT, "td": "\t", "th": "\t"}


def text_of(html: str) -> str:
    """Readable text: blocks on lines of their own, lists marked, no scripts, styles or comments."""
    for space in ("\r", "\n", "\t", _SOFT):
        html = html.replace(space, " ")
    return _tidied("".join(_pieces(html)))


def _pieces(html: str) -> Iterator[str]:
    at, pattern = 0, _WORDS_AND_TAG
    endless: set[str] = set()
    while True:
        match = pattern.match(html, at)
        if match is None:
            mark = _MARKUP.search(html, at)
            if mark is None:
                break
            yield _words(html[at : mark.start()])
            at = mark.start()
            match, pattern = _mended(html, at, pattern)
            if match is None:
                at = _after_markup(html, at)
                continue
        elif match[1]:
            yield _words(match[1])
        slash, name, rest = match.groups()[-3:]
        name, at = name.lower(), match.end()
        if slash:
            yield _CLOSING.get(name, "")
            continue
        if name in _SILENT:
            at = _after_silence(html, at, name, endless)
        yield _alternative(rest) if name == "img" else _OPENING.get(name, "")
    yield _words(html[at:])


def _mended(html: str, at: int, pattern: re.Pattern[str]) -> tuple[re.Match[str] | None, re.Pattern[str]]:
    """The tag here, and how to look for the next: after one whose quotes never close, quotes do not count."""
    if html[at + 1] in "!?":
        return None, pattern
    match = _TAG.match(html, at) if pattern is _WORDS_AND_TAG else None
    return (match, pattern) if match else (_BROKEN_TAG.match(html, at), _BROKEN_WORDS_AND_TAG)


def _words(text: str) -> str:
    return unescape(text).translate(_SPACES) if "&" in text else text


def _after_markup(html: str, at: int) -> int:
    """Behind a comment, a declaration or a stray `</`; an open one takes the rest, as in a browser."""
    mark = "-->" if html.startswith("<!--", at) else ">"
    end = html.find(mark, at)
    return len(html) if end < 0 else end + len(mark)


def _after_silence(html: str, at: int, name: str, endless: set[str]) -> int:
    """Behind an element nobody reads. One that never ends is passed over, but for scripts and styles."""
    if name in endless:
        return at
    # Not one pattern up to the ">": without a ">" that would look to the end again from every such tag.
    begun = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, at)
    end = html.find(">", begun.end()) if begun else -1
    if end >= 0:
        return end + 1
    endless.add(name)
    return len(html) if name in ("script", "style") else at


def _alternative(rest: str) -> str:
    """What stands for a picture in the text."""
    alt = _ALT.search(rest)
    said = unescape(alt[1] or alt[2]).strip() if alt else ""
    return f"[{said}]" if said else ""


def _hardened(text: str) -> str:
    pieces: list[str] = []
    fresh = True
    for piece in text.split(_SOFT):
        if pieces and not fresh:
            pieces.append("\n")
            fresh = True
        if piece.strip(" ") or "\t" in piece:
            fresh = piece.rstrip(" \t").endswith("\n")
            pieces.append(piece)
    return "".join(pieces)


def _tidied(text: str) -> str:
    text = text.replace("\xa0", " ").replace("\u200c", "").replace("\u200b", "").replace("\ufeff", "")
    rows = [" ".join(row.split()) for row in _hardened(text).split("\n")]
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return "\n".join(kept).strip("\n")
