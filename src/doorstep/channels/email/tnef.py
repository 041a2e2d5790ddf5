"""What Outlook packed into a `winmail.dat` (MS-OXTNEF): files, and the body when the mail has no other.

Read by offsets, one attribute after the other, each taken once. What is cut off or odd gives what came before
it, and `whole` says so.
"""

import struct
from collections.abc import Iterator

import msgspec

from doorstep.channels.email import rtf
from doorstep.channels.email.charsets import decoded

MEDIA_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
DEEPEST = 5
"""Messages within messages."""
MOST_FILES = 1_000

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _DATA, _TITLE = 0x800C, 0x800F, 0x8010
_BEGINS_FILE, _MESSAGE_PROPERTIES, _FILE_PROPERTIES, _CODE_PAGE = 0x9002, 0x9003, 0x9005, 0x9007

_TEXT, _RTF, _HTML, _CPID, _SUBJECT = 0x1000, 0x1009, 0x1013, 0x3FDE, 0x0037
_CONTENT, _NAMES, _TYPE, _ID = 0x3701, (0x3707, 0x3704, 0x3001), 0x370E, 0x3712

_STRING8, _UNICODE, _OBJECT, _BINARY = 0x001E, 0x001F, 0x000D, 0x0102
_VARIABLE = {_STRING8, _UNICODE, _OBJECT, _BINARY}
_SIZES = {0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0048: 16}
_USUAL_SIZE = 8
_CHARSETS = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15", 50220: "iso-2022-jp"}

Properties = dict[int, tuple[int, bytes]]
"""Type and value by id: of each the first."""


class Packed(msgspec.Struct, frozen=True):
    """A file of it. `media_type` may be empty, `name` too."""

    name: str
    content: bytes
    media_type: str = ""
    content_id: str = ""


class Unpacked(msgspec.Struct, frozen=True):
    """All that was in it. `whole`: nothing of it could not be read."""

    subject: str
    text: str
    html: str
    files: tuple[Packed, ...]
    whole: bool


def unpacked(content: bytes, depth: int = 0) -> Unpacked | None:
    """Read it; none when it is no TNEF. Never raises."""
    if not content.startswith(_SIGNATURE):
        return None
    message, whole = _Message(), True
    for attribute, data, complete in _attributes(content):
        whole = whole and complete
        message.take(attribute, data)
        if len(message.files) > MOST_FILES:
            break
    files, read = message.packed(depth)
    text, html = message.said()
    whole = whole and read and message.whole
    return Unpacked(message.text_of(message.properties, _SUBJECT), text, html, files, whole)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """(id, data, whether it is all there), as they come."""
    at = 6
    while at + 9 <= len(content):
        level, attribute, size = struct.unpack_from("<BII", content, at)
        data = content[at + 9 : at + 9 + size]
        yield attribute & 0xFFFF, data, level in (1, 2) and len(data) == size
        if level not in (1, 2):
            return
        at += size + 11


class _File:
    """An attachment as its attributes come."""

    def __init__(self) -> None:
        self.title = b""
        self.content: bytes | None = None
        self.properties: Properties = {}


class _Message:
    """The message as its attributes come."""

    def __init__(self) -> None:
        self.charset = "cp1252"
        self.body = b""
        self.properties: Properties = {}
        self.files: list[_File] = []
        self.whole = True

    def take(self, attribute: int, data: bytes) -> None:
        if attribute == _BEGINS_FILE:
            self.files.append(_File())
            self.whole = self.whole and len(self.files) <= MOST_FILES
        elif attribute == _CODE_PAGE and len(data) >= 4:
            self.charset = _charset(int.from_bytes(data[:4], "little"))
        elif attribute == _BODY:
            self.body = data
        elif attribute == _MESSAGE_PROPERTIES:
            self.properties = self._read(data)
        elif self.files:
            self._of_file(self.files[-1], attribute, data)

    def _of_file(self, file: _File, attribute: int, data: bytes) -> None:
        if attribute == _TITLE:
            file.title = data
        elif attribute == _DATA:
            file.content = data
        elif attribute == _FILE_PROPERTIES:
            file.properties = self._read(data)

    def _read(self, data: bytes) -> Properties:
        found: Properties = {}
        try:
            for key, kind, value in _properties(data):
                found.setdefault(key, (kind, value))
        except struct.error:
            self.whole = False
        return found

    def text_of(self, properties: Properties, key: int) -> str:
        """A property as text; empty when it is not there, or is none."""
        kind, value = properties.get(key, (0, b""))
        if kind == _UNICODE:
            return decoded(value, "utf-16-le").split("\0")[0].rstrip("\0")
        return decoded(value.split(b"\0")[0], self.charset) if kind in (_STRING8, _BINARY) else ""

    def said(self) -> tuple[str, str]:
        """(text, html) of the body, either of which may be empty."""
        kind, value = self.properties.get(_HTML, (0, b""))
        page = self.properties.get(_CPID, (0, b""))[1]
        charset = _charset(int.from_bytes(page[:4], "little")) if page else self.charset
        html = decoded(value, "utf-16-le" if kind == _UNICODE else charset)
        text = self.text_of(self.properties, _TEXT) or decoded(self.body, self.charset)
        if not html and not text.strip():
            text, html = rtf.words(rtf.unpacked(self.properties.get(_RTF, (0, b""))[1]))
        return text.replace("\r\n", "\n"), html

    def packed(self, depth: int) -> tuple[tuple[Packed, ...], bool]:
        """The files, those of enclosed messages too, and whether that was all."""
        found: list[Packed] = []
        whole = True
        for file in self.files[:MOST_FILES]:
            kind, value = file.properties.get(_CONTENT, (0, b""))
            content = value if file.content is None else file.content
            if kind == _OBJECT:
                content = value[16:]
            found += self._named(file, content, depth)
            whole = whole and (file.content is not None or _CONTENT in file.properties)
        return tuple(found), whole

    def _named(self, file: _File, content: bytes, depth: int) -> Iterator[Packed]:
        names = [self.text_of(file.properties, key) for key in _NAMES]
        title = decoded(file.title.split(b"\0")[0], self.charset)
        name = next((name for name in (*names[:2], title, names[2]) if name.strip()), "")
        inner = unpacked(content, depth + 1) if depth < DEEPEST else None
        if inner is None or not inner.whole:
            kind, identity = (self.text_of(file.properties, key) for key in (_TYPE, _ID))
            yield Packed(name, content, kind.lower(), identity.strip("<> "))
            return
        stem = inner.subject or name or "message"
        for words, ending, kind in ((inner.text, ".txt", "text/plain"), (inner.html, ".html", "text/html")):
            if words.strip():
                yield Packed(stem.replace("/", "-") + ending, words.encode(), kind)
        yield from inner.files


def _charset(page: int) -> str:
    return _CHARSETS.get(page, f"cp{page}")


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(id, type, first value). Raises `struct.error` where the data ends too early."""
    at = 4
    for _ in range(struct.unpack_from("<I", data)[0]):
        kind, key = struct.unpack_from("<HH", data, at)
        at += 4
        if key >= 0x8000:
            at = _after_name(data, at)
        value, at = _value(data, at, kind)
        yield key, kind & 0x0FFF, value


def _after_name(data: bytes, at: int) -> int:
    """Behind what names a property of somebody's own: a GUID, and a number or a text."""
    kind, size = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(size) if kind == 1 else 0)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value, and where the next property begins."""
    base, count = kind & 0x0FFF, 1
    if kind & 0x1000 or base in _VARIABLE:
        count, at = struct.unpack_from("<I", data, at)[0], at + 4
    if base not in _VARIABLE:
        size = _SIZES.get(base, _USUAL_SIZE)
        if at + size * count > len(data):
            raise struct.error("cut off")
        return data[at : at + size], at + size * count
    first: bytes | None = None
    for _ in range(count):
        size, at = struct.unpack_from("<I", data, at)[0], at + 4
        if at + size > len(data):
            raise struct.error("cut off")
        first = data[at : at + size] if first is None else first
        at += _padded(size)
    return first or b"", at


def _padded(size: int) -> int:
    return size + -size % 4
