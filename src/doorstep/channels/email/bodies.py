"""One readable body out of many parts (RFC 2046 §5.1, and the reading order of RFC 8621 §4.1.4).

Text, picture, text becomes one text and, where a part of it is HTML, one HTML with the picture between.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from html import escape

import msgspec

from doorstep.channels.email.charsets import decoded
from doorstep.channels.email.files import attachment, content_id, said_name, written
from doorstep.channels.email.headers import parameters, plain
from doorstep.channels.email.html_text import text_of
from doorstep.channels.email.tree import Part
from doorstep.kernel import Attachment

MOST_TEXT = 400_000
MOST_HTML = 1_000_000
"""Characters. What is longer is cut here, and goes along whole as a file."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([a-zA-Z0-9_.:-]{1,40})", re.IGNORECASE)
_VISIBLE = re.compile(r"\S")


class Form(StrEnum):
    """What a piece of the body is."""

    TEXT = "text"
    HTML = "html"
    PICTURE = "picture"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the body: `content` is its text, its HTML, or how HTML names the picture."""

    form: Form
    content: str
    name: str = ""


class Bodies(msgspec.Struct, frozen=True):
    """What a mail says, and the files that came along."""

    text: str
    html: str
    files: tuple[tuple[Attachment, bytes], ...]


class _Layout:
    """The body as it is found: two orders of the same pieces, one for readers of text and one of HTML."""

    def __init__(self) -> None:
        self.plain: list[Piece] = []
        self.rich: list[Piece] = []
        self.files: list[tuple[Attachment, bytes]] = []

    def add(self, piece: Piece) -> None:
        self.plain.append(piece)
        self.rich.append(piece)


def bodies(mail: Part) -> Bodies:
    """Read the tree."""
    layout = _Layout()
    _read(mail, layout, first=True, related=False)
    text, html = _as_text(layout.plain), _as_html(layout.rich)
    if not _VISIBLE.search(text) and html:
        text = text_of(html[: 2 * MOST_HTML])
    return _bounded(text, html, layout.files)


def _read(part: Part, layout: _Layout, first: bool, related: bool) -> None:
    if part.parts:
        if part.media_type == "multipart/alternative":
            _alternative(part, layout)
        else:
            for at, child in enumerate(part.parts):
                _read(child, layout, at == 0, part.media_type == "multipart/related")
    elif not _is_said(part, first, related):
        layout.files.append(attachment(part, _is_inline(part, related)))
    elif part.main == "image":
        layout.add(_picture(part, layout))
    else:
        layout.add(_words(part))


def _alternative(part: Part, layout: _Layout) -> None:
    """The same said twice: text for readers of text, HTML for those of HTML, each from the best child."""
    ways = [_Layout() for _ in part.parts]
    for way, child in zip(ways, part.parts, strict=True):
        _read(child, way, first=True, related=False)
        layout.files.extend(way.files)
    plain = [way for way in ways if _has(way.plain, Form.TEXT) and not _has(way.rich, Form.HTML)]
    rich = [way for way in ways if _has(way.rich, Form.HTML)]
    rest = [way for way in ways if way.plain and way not in plain and way not in rich]
    layout.plain.extend(_chosen(plain or rich or rest, "plain"))
    layout.rich.extend(_chosen(rich or plain or rest, "rich"))


def _chosen(ways: list[_Layout], order: str) -> Iterator[Piece]:
    """All that the ways say; one that says only what an earlier one said is passed over."""
    heard: set[str] = set()
    for way in ways:
        for piece in getattr(way, order):
            if piece.content not in heard or piece.form is Form.PICTURE:
                heard.add(piece.content)
                yield piece


def _has(pieces: list[Piece], form: Form) -> bool:
    return any(piece.form is form and _VISIBLE.search(piece.content) for piece in pieces)


def _is_said(part: Part, first: bool, related: bool) -> bool:
    """Whether a part belongs to what is said, and is not a file."""
    if _disposition(part) == "attachment":
        return False
    if part.main == "image":
        return not related and not first and _disposition(part) == "inline"
    if part.media_type in ("text/plain", "text/html"):
        return not said_name(part) or (first and not related)
    return part.main == "text" and first and not said_name(part) and part.media_type not in _DOCUMENTS


_DOCUMENTS = {
    "text/calendar",
    "text/csv",
    "text/vcard",
    "text/x-vcard",
    "text/rfc822-headers",
    "text/directory",
}


def _is_inline(part: Part, related: bool) -> bool:
    return part.main == "image" and (related or bool(content_id(part))) and _disposition(part) != "attachment"


def _disposition(part: Part) -> str:
    return parameters(plain(part.headers.raw("content-disposition")))[0]


def _picture(part: Part, layout: _Layout) -> Piece:
    file, content = attachment(part, inline=True)
    named = file.content_id or f"{file.sha256[:32]}@inline.invalid"
    if not file.content_id:
        file = Attachment(file.name, file.media_type, file.size, file.sha256, named, True)
    layout.files.append((file, content))
    return Piece(Form.PICTURE, named, file.name)


def _words(part: Part) -> Piece:
    content, charset = part.body(), part.params.get("charset", "")
    if part.media_type == "text/html":
        if not charset and (match := _META_CHARSET.search(content[:2048])):
            charset = match[1].decode("ascii")
        return Piece(Form.HTML, decoded(content, charset).replace("\r\n", "\n"))
    text = decoded(content, charset).replace("\r\n", "\n").replace("\r", "\n")
    if part.params.get("format", "").lower() == "flowed":
        text = _unflowed(text, part.params.get("delsp", "").lower() == "yes")
    return Piece(Form.TEXT, text)


def _unflowed(text: str, delsp: bool) -> str:
    """Soft line breaks undone (RFC 3676 §4)."""
    rows: list[list[str]] = []
    soft, depth = False, 0
    for row in text.split("\n"):
        quotes = len(row) - len(row.lstrip(">"))
        words = row[quotes:].removeprefix(" ")
        if soft and quotes == depth and row != "-- ":
            rows[-1].append(words)
        else:
            rows.append([">" * quotes + " " if quotes else "", words])
        soft, depth = words.endswith(" ") and words != "-- ", quotes
    return "\n".join(_joined(pieces, delsp) for pieces in rows)


def _joined(pieces: list[str], delsp: bool) -> str:
    """The rows of one paragraph; `delsp` says that the space at a soft break is not meant."""
    if not delsp:
        return "".join(pieces)
    return pieces[0] + "".join(piece.removesuffix(" ") for piece in pieces[1:-1]) + pieces[-1]


def _as_text(pieces: list[Piece]) -> str:
    said = [text for piece in pieces if _VISIBLE.search(text := _text(piece, len(pieces) > 1))]
    return "\n\n".join(said)


def _text(piece: Piece, among: bool) -> str:
    if piece.form is Form.HTML:
        return text_of(piece.content[: 2 * MOST_HTML])
    if piece.form is Form.PICTURE:
        return f"[{piece.name}]" if among else ""
    return piece.content.strip("\n") if among else piece.content.rstrip()


def _as_html(pieces: list[Piece]) -> str:
    if not any(piece.form is Form.HTML for piece in pieces):
        return ""
    return "\n".join(_html(piece) for piece in pieces)


def _html(piece: Piece) -> str:
    if piece.form is Form.HTML:
        return piece.content
    if piece.form is Form.PICTURE:
        return f'<p><img src="cid:{escape(piece.content)}" alt="{escape(piece.name)}"></p>'
    return f'<div style="white-space: pre-wrap">{escape(piece.content.strip(), quote=False)}</div>'


def _bounded(text: str, html: str, files: list[tuple[Attachment, bytes]]) -> Bodies:
    extra = []
    if len(text) > MOST_TEXT:
        extra.append(written("whole message.txt", "text/plain", text.encode()))
        text = text[:MOST_TEXT]
    if len(html) > MOST_HTML:
        extra.append(written("whole message.html", "text/html", html.encode()))
        html = html[: html.rfind("<", 0, MOST_HTML)] if "<" in html[:MOST_HTML] else html[:MOST_HTML]
    return Bodies(text.rstrip(), html, (*files, *extra))
