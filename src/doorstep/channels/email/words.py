"""A part that is words, as text: decoded, its soft line breaks undone, files inside it taken out."""

import re
from enum import StrEnum

import msgspec

from doorstep.channels.email.charsets import codec, line, read
from doorstep.channels.email.enclosed import without_files
from doorstep.channels.email.flowed import unflowed
from doorstep.channels.email.noticed import Notice
from doorstep.channels.email.tnef import Packed
from doorstep.channels.email.tree import Part

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([a-zA-Z0-9_.:-]{1,40})", re.IGNORECASE)


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


def words(part: Part, notice: Notice) -> tuple[Piece, list[Packed]]:
    """The piece, and the files that stood in it."""
    content, charset = part.body(), part.params.get("charset", "")
    if part.media_type == "text/html":
        if not charset and (match := _META_CHARSET.search(content[:2048])):
            charset = match[1].decode("ascii")
        return Piece(Form.HTML, _decoded(content, charset, notice)), []
    content, files = without_files(content)
    text = _decoded(content, charset, notice)
    if "\r" in text:
        text = text.replace("\r", "\n")
    if part.params.get("format", "").lower() == "flowed":
        text = unflowed(text, part.params.get("delsp", "").lower() == "yes")
    return Piece(Form.TEXT, text), files


def _decoded(content: bytes, charset: str, notice: Notice) -> str:
    text, used, fits = read(content, charset)
    named = codec(charset)
    if charset and not named:
        notice(f"charset {line(charset, 40)} is not known; read as {used}")
    elif named and used not in (named, "windows-1252" if named == "cp1252" else named):
        notice(f"the text is not {line(charset, 40)} as it says; read as {used}")
    elif not fits:
        notice(f"some bytes are not {line(charset, 40) or used}; shown as \ufffd")
    return text.replace("\r\n", "\n") if "\r" in text else text
