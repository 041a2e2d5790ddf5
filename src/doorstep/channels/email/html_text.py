"""The words of an HTML body."""

import re
from html import unescape

from doorstep.channels.email.html_tags import Tags, tags

_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]{1,300})"|'([^']{1,300})')""", re.IGNORECASE)
_SPACES = str.maketrans("\r\n\t\x01", "    ")
_SOFT = "\x01"
"""A break unless the line is already new: `</div><div>` is one, `<br></div>` too."""
_PICTURE = "\x02"

_PARAGRAPHS = "p table ul ol dl blockquote pre hr form h1 h2 h3 h4 h5 h6"
_BLOCKS = "tr dt dd option div section article header footer address"
_INLINE = "a b i u s em strong span font small big center body html sup sub tbody thead meta link"


class _Breaks(dict[str | None, str]):
    """What a tag is in a text, by its name in any case."""

    def __missing__(self, name: str | None) -> str:
        return self.get(name.lower(), "") if name else ""


def _breaks() -> _Breaks:
    both = dict.fromkeys(_PARAGRAPHS.split(), "\n\n") | dict.fromkeys(_BLOCKS.split(), _SOFT)
    both |= dict.fromkeys(_INLINE.split(), "")
    opening = both | {"br": "\n", "li": f"{_SOFT}- ", "td": "", "th": "", "img": _PICTURE}
    closing = both | {"li": _SOFT, "td": "\t", "th": "\t"}
    found = opening | {f"/{name}": text for name, text in closing.items()}
    return _Breaks(found | {name.upper(): text for name, text in found.items()})


_BREAKS = _breaks()


def text_of(html: str) -> str:
    """Readable text: blocks on lines of their own, lists marked, no scripts, styles or comments."""
    page = tags(html)
    return joined(page, breaks(page))


def breaks(page: Tags) -> list[str]:
    """What each tag is in the text."""
    found = list(map(_BREAKS.__getitem__, page.names))
    if _PICTURE in found:
        at = -1
        for _ in range(found.count(_PICTURE)):
            at = found.index(_PICTURE, at + 1)
            found[at] = _alternative(page.rests[at] or "")
    return found


def joined(page: Tags, breaks: list[str]) -> str:
    """The text, from the words of a page and what is between them."""
    pieces = [""] * (len(page.words) + len(breaks))
    pieces[::2] = _said(page.words)
    pieces[1::2] = breaks
    return _tidied("".join(pieces))


def _said(words: list[str]) -> list[str]:
    """With their character references read: all at once, apart by a sign that ends each and none has."""
    whole = "\t".join(words)
    if "&" not in whole:
        return words
    whole = unescape(whole.replace("&nbsp;", "\xa0"))
    for control in "\r\n\x01":
        whole = whole.replace(control, " ")
    pieces = whole.split("\t")
    if len(pieces) == len(words):
        return pieces
    return [unescape(piece).translate(_SPACES) for piece in words]


def _alternative(rest: str) -> str:
    """What stands for a picture in the text."""
    alt = _ALT.search(rest)
    said = unescape(alt[1] or alt[2]).strip() if alt else ""
    return f"[{said}]" if said else ""


def _hardened(text: str) -> str:
    """With a line end for each soft one, but where the line is new already."""
    rows = [row for row in text.split(_SOFT) if row.strip(" ")]
    return "\n".join([row.rstrip(" \t").removesuffix("\n") if "\n" in row else row for row in rows])


def _tidied(text: str) -> str:
    if not text.isascii():
        text = text.replace("\xa0", " ").replace("\u200c", "").replace("\u200b", "").replace("\ufeff", "")
    text = "\n".join([" ".join(row.split()) for row in _hardened(text).split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n")
