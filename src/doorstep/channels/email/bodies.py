"""One readable body out of many parts (RFC 2046 §5.1, and the reading order of RFC 8621 §4.1.4).

Text, picture, text becomes one text and, where a part of it is HTML, one HTML with the picture between.
"""

from collections.abc import Iterator
from html import escape

import msgspec

from doorstep.channels.email import tnef
from doorstep.channels.email.files import (
    File,
    attachment,
    content_id,
    enclosed,
    is_packed,
    location,
    said_name,
    written,
)
from doorstep.channels.email.html_text import text_of
from doorstep.channels.email.located import located
from doorstep.channels.email.noticed import Notice, ignored
from doorstep.channels.email.tree import Part
from doorstep.channels.email.words import Form, Piece, words

MOST_TEXT = 400_000
MOST_HTML = 1_000_000
"""Characters. What is longer is cut here, and goes along whole as a file."""


class Bodies(msgspec.Struct, frozen=True):
    """What a mail says, and the files that came along."""

    text: str
    html: str
    files: tuple[File, ...]


class _Layout:
    """The body as it is found: two orders of the same pieces, one for readers of text and one of HTML."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.plain: list[Piece] = []
        self.rich: list[Piece] = []
        self.spare: list[Piece] = []
        """What is said if nothing else is: the body that Outlook packed."""
        self.files: list[File] = []
        self.places: dict[str, str] = {}
        """Content ids by the address that HTML may name a picture by instead."""

    def add(self, piece: Piece) -> None:
        self.plain.append(piece)
        self.rich.append(piece)

    def aside(self) -> "_Layout":
        """A layout for a part of this mail; what it finds beside words comes here."""
        inner = _Layout(self.notice)
        inner.spare, inner.files, inner.places = self.spare, self.files, self.places
        return inner


def bodies(mail: Part, notice: Notice = ignored) -> Bodies:
    """Read the tree."""
    layout = _Layout(notice)
    _read(mail, layout, first=True, related=False)
    if not (_has(layout.plain) or _has(layout.rich)):
        layout.plain, layout.rich = [*layout.spare, *layout.plain], [*layout.spare, *layout.rich]
    text, html = _as_text(layout.plain), located(_as_html(layout.rich), layout.places)
    if html and not _is_visible(text):
        text = text_of(html[: 2 * MOST_HTML])
    return _bounded(text, html, layout)


def _read(part: Part, layout: _Layout, first: bool, related: bool) -> None:
    if part.parts:
        if part.media_type == "multipart/alternative":
            _alternative(part, layout)
        else:
            for at, child in enumerate(part.parts):
                _read(child, layout, at == 0, part.media_type == "multipart/related")
    elif is_packed(part) and (opened := tnef.unpacked(part.body())) is not None:
        _unpack(part, opened, layout)
    elif not _is_said(part, first, related):
        layout.files.append(_placed(attachment(part, _is_inline(part, related)), part, layout))
    elif part.main == "image":
        layout.add(_picture(part, layout))
    else:
        piece, files = words(part, layout.notice)
        layout.add(piece)
        layout.files.extend(map(enclosed, files))


def _unpack(part: Part, opened: tnef.Unpacked, layout: _Layout) -> None:
    layout.files.extend(map(enclosed, opened.files))
    if not opened.whole:
        layout.notice("winmail.dat could not be read to its end; it is kept as a file too")
        layout.files.append(attachment(part, inline=False))
    if opened.html.strip():
        layout.spare.append(Piece(Form.HTML, opened.html))
    elif opened.text.strip():
        layout.spare.append(Piece(Form.TEXT, opened.text))


def _alternative(part: Part, layout: _Layout) -> None:
    """The same said twice: text for readers of text, HTML for those of HTML, each from the best child."""
    ways = [layout.aside() for _ in part.parts]
    for way, child in zip(ways, part.parts, strict=True):
        _read(child, way, first=True, related=False)
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


def _has(pieces: list[Piece], form: Form | None = None) -> bool:
    return any(piece.form is (form or piece.form) and _is_visible(piece.content) for piece in pieces)


def _is_visible(text: str) -> bool:
    return bool(text) and not text.isspace()


def _is_said(part: Part, first: bool, related: bool) -> bool:
    """Whether a part belongs to what is said, and is not a file."""
    if part.disposition[0] == "attachment":
        return False
    if part.main == "image":
        return not related and not first and part.disposition[0] == "inline"
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
    return (
        part.main == "image" and (related or bool(content_id(part))) and part.disposition[0] != "attachment"
    )


def _picture(part: Part, layout: _Layout) -> Piece:
    file = _placed(_known(attachment(part, inline=True)), part, layout)
    layout.files.append(file)
    return Piece(Form.PICTURE, file[0].content_id, file[0].name)


def _placed(file: File, part: Part, layout: _Layout) -> File:
    """The same; a picture that HTML knows by its address alone gets a content id."""
    if part.main != "image" or not (address := location(part)):
        return file
    known = _known(file)
    layout.places.setdefault(address, known[0].content_id)
    return known


def _known(file: File) -> File:
    known, content = file
    if known.content_id:
        return file
    return msgspec.structs.replace(
        known, content_id=f"{known.sha256[:32]}@inline.invalid", inline=True
    ), content


def _as_text(pieces: list[Piece]) -> str:
    said = [text for piece in pieces if _is_visible(text := _text(piece, len(pieces) > 1))]
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


def _bounded(text: str, html: str, layout: _Layout) -> Bodies:
    extra = []
    if len(text) > MOST_TEXT:
        layout.notice(f"text cut at {MOST_TEXT:,} characters; the whole is kept as a file")
        extra.append(written("whole message.txt", "text/plain", text.encode()))
        text = text[:MOST_TEXT]
    if len(html) > MOST_HTML:
        layout.notice(f"HTML cut at {MOST_HTML:,} characters; the whole is kept as a file")
        extra.append(written("whole message.html", "text/html", html.encode()))
        html = html[: html.rfind("<", 0, MOST_HTML)] if "<" in html[:MOST_HTML] else html[:MOST_HTML]
    return Bodies(text.rstrip(), html, (*layout.files, *extra))
