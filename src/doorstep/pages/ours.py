"""Our own HTML, before we send it: only what every mail program shows alike, and the same in plain text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from doorstep.kernel import TooMuch
from doorstep.pages.intricate import is_intricate

_TAGS = {
    *("p", "br", "b", "strong", "i", "em", "u", "a", "ul", "ol", "li", "blockquote"),
    *("h1", "h2", "h3", "h4", "pre", "code", "img", "span"),
}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "span": {"lang", "dir"}, "p": {"dir"}}
_SILENT = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "iframe",
    "object",
    "embed",
    "noscript",
    "textarea",
}
_LINK = re.compile(r"(https?://|mailto:|tel:)", re.I)
_DIVISION = re.compile(r"<(/?)div\b[^>]*>", re.I)
_PICTURE = re.compile(r"<img\b[^>]*>")
_BARE_PICTURE = re.compile(r"<img\b(?![^>]* src=)[^>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "blockquote", "pre", "ul", "ol"}


def ours(html: str) -> str:
    """What of it we send: words, lists, links, and pictures that come along. Raises `TooMuch`."""
    if is_intricate(html):
        raise TooMuch("The layout of this is too large or too intricate. Paste it as plain text.")
    return _BARE_PICTURE.sub("", _cleaner.clean(_DIVISION.sub(r"<\1p>", html))).strip()


def without_pictures(html: str) -> str:
    """The same without its pictures; of what `ours` made."""
    return _PICTURE.sub("", html)


def text_of(html: str) -> str:
    """It in plain text: a line for a heading, `- ` for an item, a link as its words and address.

    Of what `ours` made; quotations have `> ` before each line.
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()


class _Writer(HTMLParser):
    """Puts lines together; `marks` is what stands before each line, for lists and quotations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._marks: list[str] = []
        self._counts: list[int] = []
        self._item = ""
        self._links: list[tuple[str, int]] = []
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._break()
        elif tag == "img":
            self._line += f"[{said['alt']}]" if said.get("alt") else ""
        elif tag == "a":
            self._links.append((said.get("href", ""), len(self._line)))
        elif tag == "li":
            self._begin_item()
        elif tag in _PARAGRAPHS:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        self._paragraph()
        if tag == "blockquote":
            self._marks.append("> ")
        elif tag in {"ul", "ol"}:
            self._marks.append("  " if self._counts else "")
            self._counts.append(0 if tag == "ol" else -1)
        self._kept += tag == "pre"

    def _begin_item(self) -> None:
        self._flush()
        self._item = "- "
        if self._counts and self._counts[-1] >= 0:
            self._counts[-1] += 1
            self._item = f"{self._counts[-1]}. "

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._end_link(*self._links.pop())
        elif tag == "li":
            self._flush()
        elif tag in _PARAGRAPHS:
            self._paragraph()
            self._end(tag)

    def _end(self, tag: str) -> None:
        if tag == "blockquote" and self._marks:
            self._marks.pop()
            if self._lines and not self._lines[-1].strip("> "):
                self._lines[-1] = self._marked("")
        if tag in {"ul", "ol"} and self._counts:
            self._marks.pop()
            self._counts.pop()
        self._kept -= tag == "pre" and self._kept > 0

    def _end_link(self, address: str, begun: int) -> None:
        bare = address.removeprefix("mailto:").removeprefix("tel:")
        if bare and self._line[begun:].strip() not in {bare, bare.rstrip("/")}:
            self._line += f" <{bare}>"

    def handle_data(self, data: str) -> None:
        if self._kept:
            first, *rest = data.split("\n")
            self._line += first
            for line in rest:
                self._break()
                self._line += line
            return
        said = _SPACE.sub(" ", data)
        self._line += said.lstrip(" ") if not self._line or self._line.endswith(" ") else said

    def _break(self) -> None:
        self._lines.append(self._marked(self._line))
        self._line = ""

    def _flush(self) -> None:
        if self._line.strip():
            self._break()

    def _paragraph(self) -> None:
        """Ends the line, and leaves one free; within an item it does not."""
        self._flush()
        if self._lines and self._lines[-1].strip("> ") and not self._item:
            self._lines.append(self._marked(""))

    def _marked(self, line: str) -> str:
        mark, self._item = "".join(self._marks) + self._item, ""
        return f"{mark}{line.strip() if not self._kept else line}".rstrip(" ")

    def text(self) -> str:
        """The lines, with never two free ones together."""
        self._flush()
        return "\n".join(_tidied(self._lines)).strip("\n")


def _tidied(lines: list[str]) -> Iterator[str]:
    was_free = True
    for line in lines:
        is_free = not line.strip("> ")
        if not (is_free and was_free):
            yield line
        was_free = is_free


def _allowed(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value.strip() if value.strip().lower().startswith("cid:") else None
    if name == "href":
        return value.strip() if _LINK.match(value.strip()) else None
    if name in {"width", "height"}:
        return value if value.isdecimal() and len(value) < 5 else None
    return value


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_SILENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "cid"},
    url_relative="deny",
)
