"""The tree of a mail's parts, cut by offsets in one buffer: bounded in depth and number, and never copied.

The standard library's parser recurses once a level and dies of a few hundred; this one stops at `DEEPEST`,
and hands what is beyond on as one unread part, so nothing is lost.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from doorstep.channels.email.charsets import line
from doorstep.channels.email.headers import Headers, parameters, read
from doorstep.channels.email.noticed import Notice, ignored
from doorstep.channels.email.transfer import ENCODINGS, Pieces, undone

DEEPEST = 50
MOST_PARTS = 1_000
LARGE = 1024 * 1024
"""Bytes of a part, as it came, that is not held whole if it need not be."""
_PART_BEGINS = re.compile(rb"^--([!-~]{1,70})[ \t]*\r?\n(?=content-(?:type|transfer|disp))", re.I | re.M)
MOST_USUAL = 80
"""Characters: longer ones name a boundary of their own, and are not met again."""
UNREAD = "application/octet-stream"


class Part:
    """A node: its headers, type, and the span of `raw` its body takes. What it is asked for once is kept."""

    __slots__ = ("_content", "_disposition", "_sha256", "_span", "headers", "media_type", "params", "parts")

    def __init__(
        self,
        span: tuple[bytes, int, int],
        headers: Headers,
        media_type: str,
        params: dict[str, str],
        parts: tuple["Part", ...] = (),
    ) -> None:
        """`span`: the whole mail, and where in it the body begins and ends."""
        self._span, self.headers = span, headers
        self.media_type, self.params, self.parts = media_type, params, parts
        self._content: bytes | None = None
        self._disposition: tuple[str, dict[str, str]] | None = None
        self._sha256 = ""

    @property
    def main(self) -> str:
        return self.media_type.partition("/")[0]

    @property
    def encoding(self) -> str:
        return self.headers.word("content-transfer-encoding")

    def body(self) -> bytes:
        """The content, its transfer encoding undone."""
        if self._content is None:
            raw, start, end = self._span
            self._content = undone(raw[start:end], self.encoding)
        return self._content

    def content(self) -> bytes | Pieces:
        """As `body` has it; a large one piece by piece, where that can be."""
        raw, start, end = self._span
        if self._content is not None or end - start <= LARGE:
            return self.body()
        try:
            pieces = Pieces(raw, start, end, self.encoding)
        except ValueError:
            return self.body()
        self._sha256 = pieces.sha256
        return pieces

    @property
    def disposition(self) -> tuple[str, dict[str, str]]:
        """The word of Content-Disposition and its parameters; empty when there is none."""
        if self._disposition is None:
            said = self.headers.said("content-disposition")
            self._disposition = parameters(said) if said else ("", {})
        return self._disposition

    @property
    def sha256(self) -> str:
        """Of the content, in hex."""
        if not self._sha256:
            self._sha256 = hashlib.sha256(self.body()).hexdigest()
        return self._sha256

    def leaves(self) -> Iterator["Part"]:
        """All parts that hold no parts, in order."""
        for part in self.parts:
            yield from part.leaves()
        if not self.parts:
            yield self


class _Bounds:
    """How many parts may still be read, and who is told what was odd."""

    def __init__(self, left: int, notice: Notice) -> None:
        self.left = left
        self.notice = notice


def tree(raw: bytes, notice: Notice = ignored) -> Part:
    """The whole mail. Any bytes make one."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return _part(raw, 0, len(raw), "text/plain", 0, _Bounds(MOST_PARTS, notice))


def _part(raw: bytes, start: int, end: int, default: str, depth: int, bounds: _Bounds) -> Part:
    bounds.left -= 1
    headers, body = read(raw, start, end, bounds.notice)
    media_type, params = _type(headers, default)
    if not media_type.startswith("multipart/"):
        return _leaf(Part((raw, body, end), headers, media_type, params), bounds)
    if depth >= DEEPEST:
        bounds.notice(f"nested deeper than {DEEPEST}: the rest is kept as a file")
        return Part((raw, body, end), headers, UNREAD, {})
    inner = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
    parts = tuple(_children(raw, body, end, params.get("boundary", ""), inner, depth + 1, bounds))
    if not parts and (guessed := _likely(raw, body, end)):
        bounds.notice("a multipart does not name the boundary that its parts begin with")
        parts = tuple(_children(raw, body, end, guessed, inner, depth + 1, bounds))
    if not parts:
        bounds.notice("a multipart has no boundary that its parts begin with; read as text")
        return Part((raw, body, end), headers, "text/plain", {})
    return Part((raw, body, end), headers, media_type, params, parts)


def _likely(raw: bytes, start: int, end: int) -> str:
    """The boundary as the first part has it: a line before something that is a part's header."""
    found = _PART_BEGINS.search(raw, start, end)
    return found[1].decode("ascii") if found else ""


def _leaf(part: Part, bounds: _Bounds) -> Part:
    encoding = part.encoding
    if encoding not in ENCODINGS:
        bounds.notice(f"transfer encoding {line(encoding, 40)} is not known; read as it is")
    return part


def _children(
    raw: bytes, start: int, end: int, boundary: str, inner: str, depth: int, bounds: _Bounds
) -> Iterator[Part]:
    for first, last in _spans(raw, start, end, boundary, bounds.notice):
        if bounds.left <= 0:
            bounds.notice(f"more than {MOST_PARTS:,} parts: the rest is kept as a file")
            yield Part((raw, first, end), Headers(), UNREAD, {})
            return
        yield _part(raw, first, last, inner, depth, bounds)


def _type(headers: Headers, default: str) -> tuple[str, dict[str, str]]:
    said = headers.said("content-type")
    media_type, params = _usual_type(said) if len(said) <= MOST_USUAL else parameters(said)
    media_type = "".join(media_type.split())
    main, _, sub = media_type.partition("/")
    return (media_type if main and sub and media_type.isascii() else default), params


@lru_cache(maxsize=512)
def _usual_type(said: str) -> tuple[str, dict[str, str]]:
    """The same few stand in most mails. Nobody changes the parameters."""
    return parameters(said)


def _spans(raw: bytes, start: int, end: int, boundary: str, notice: Notice) -> Iterator[tuple[int, int]]:
    """Where each child begins and ends. The last may miss its closing line."""
    mark = b"--" + boundary.rstrip().encode("utf-8", "ignore")
    if len(mark) == 2:
        return
    first = -1
    for at, following, closing in _boundaries(raw, start, end, mark):
        if first >= 0:
            yield first, max(first, _before_line_end(raw, at))
        if closing:
            return
        first = following
    if first >= 0:
        notice("a multipart has no closing boundary")
    if 0 <= first < end:
        yield first, end


def _boundaries(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    at = raw.find(mark, start, end)
    while at >= 0:
        after = at + len(mark)
        if at == start or raw[at - 1] == 10:
            newline = raw.find(b"\n", after, end)
            line_end = end if newline < 0 else newline
            rest = raw[after : min(line_end, after + 200)].rstrip()
            if rest in (b"", b"--"):
                yield at, min(line_end + 1, end), rest == b"--"
            after = max(after, line_end)
        at = raw.find(mark, after, end)


def _before_line_end(raw: bytes, at: int) -> int:
    """The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1)."""
    if raw[at - 1 : at] == b"\n":
        at -= 1
    return at - 1 if raw[at - 1 : at] == b"\r" else at
