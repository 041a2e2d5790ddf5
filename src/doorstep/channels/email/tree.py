"""The tree of a mail's parts, cut by offsets in one buffer: bounded in depth and number, and never copied.

The standard library's parser recurses once a level and dies of a few hundred; this one stops at `DEEPEST`,
and hands what is beyond on as one unread part, so nothing is lost.
"""

from collections.abc import Iterator

import msgspec

from doorstep.channels.email.headers import Headers, parameters, plain, read
from doorstep.channels.email.transfer import undone

DEEPEST = 50
MOST_PARTS = 1_000
UNREAD = "application/octet-stream"


class Part(msgspec.Struct, frozen=True):
    """A node: its headers, type, and the span of `raw` its body takes."""

    raw: bytes
    start: int
    end: int
    headers: Headers
    media_type: str
    params: dict[str, str]
    parts: tuple["Part", ...] = ()

    @property
    def main(self) -> str:
        return self.media_type.partition("/")[0]

    def body(self) -> bytes:
        """The content, its transfer encoding undone."""
        encoding = self.headers.word("content-transfer-encoding")
        return undone(self.raw[self.start : self.end], encoding)

    def leaves(self) -> Iterator["Part"]:
        """All parts that hold no parts, in order."""
        for part in self.parts:
            yield from part.leaves()
        if not self.parts:
            yield self


class _Budget:
    """How many parts may still be read."""

    def __init__(self, left: int) -> None:
        self.left = left


def tree(raw: bytes) -> Part:
    """The whole mail. Any bytes make one."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return _part(raw, 0, len(raw), "text/plain", 0, _Budget(MOST_PARTS))


def _part(raw: bytes, start: int, end: int, default: str, depth: int, budget: _Budget) -> Part:
    budget.left -= 1
    headers, body = read(raw, start, end)
    media_type, params = _type(headers, default)
    if not media_type.startswith("multipart/"):
        return Part(raw, body, end, headers, media_type, params)
    if depth >= DEEPEST:
        return Part(raw, body, end, headers, UNREAD, {})
    inner = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
    parts = tuple(_children(raw, body, end, params.get("boundary", ""), inner, depth + 1, budget))
    if not parts:
        return Part(raw, body, end, headers, "text/plain", {})
    return Part(raw, body, end, headers, media_type, params, parts)


def _children(
    raw: bytes, start: int, end: int, boundary: str, inner: str, depth: int, budget: _Budget
) -> Iterator[Part]:
    for first, last in _spans(raw, start, end, boundary):
        if budget.left <= 0:
            yield Part(raw, first, end, Headers(), UNREAD, {})
            return
        yield _part(raw, first, last, inner, depth, budget)


def _type(headers: Headers, default: str) -> tuple[str, dict[str, str]]:
    media_type, params = parameters(plain(headers.raw("content-type")))
    media_type = "".join(media_type.split())
    main, _, sub = media_type.partition("/")
    return (media_type if main and sub and media_type.isascii() else default), params


def _spans(raw: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
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
