"""A block of headers, read line by line, and what their values say (RFC 5322 §2.2, RFC 2047, RFC 2231)."""

import re
from binascii import a2b_qp
from collections.abc import Iterator, Sequence, Set
from urllib.parse import unquote_to_bytes

from doorstep.channels.email.charsets import clean, codec, decoded
from doorstep.channels.email.noticed import Notice, ignored
from doorstep.channels.email.transfer import from_base64

MOST_LINES = 2_000
MOST_BYTES = 256 * 1024
LONGEST = 64 * 1024
"""A block's further lines are passed over, and a longer value is cut: the raw mail keeps them."""

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_PARAMETER = re.compile(r"""\s*;?\s*([^\s=;"]{1,100})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)""", re.DOTALL)
_WORD_ENDS = re.compile(r"[;(\s]")
_USUAL_FIELD = re.compile(r"([!-9;-~]{1,200}+)[ \t]*+:((?:[^\n]*+\n(?=[ \t]))*+[^\n]*+)\n|[^\n]*+\n")
"""The fields of a block as it should be: one look at it, not one at each line. Empty: a line that is none."""
_NO_FIELD = ("", "")
_SPACE = " \t\r\n\v\f"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Headers:
    """The fields, asked for by their names in lower case. Values are unfolded when they are asked for."""

    __slots__ = ("_first", "_names", "_said", "fields", "is_plain")

    def __init__(self, fields: Sequence[tuple[str, str]] = (), is_plain: bool = False) -> None:
        """`fields` in their order, bytes as Latin-1 has them; `is_plain`: they are text as they stand."""
        self.fields, self.is_plain = fields, is_plain
        self._said: dict[str, str] = {}
        self._names = [field.lower() for field, _ in fields]
        self._first = dict(zip(reversed(self._names), reversed(fields), strict=True))

    def raw(self, name: str) -> bytes:
        """The first of this name, as it came; empty when there is none."""
        return _unfolded(self._first[name][1]).encode("latin-1") if name in self._first else b""

    def every(self, name: str) -> list[bytes]:
        return [_unfolded(value).encode("latin-1") for value in self._values(name)]

    def has(self, name: str) -> bool:
        return name in self._first

    @property
    def names(self) -> Set[str]:
        return self._first.keys()

    def said(self, name: str, fallback: str = "") -> str:
        """The first of this name as text, its encoded words left alone; empty when there is none."""
        if name not in self._first:
            return ""
        if fallback and not self.is_plain:
            return plain(self.raw(name), fallback)
        if name not in self._said:
            self._said[name] = self._text(self._first[name][1])
        return self._said[name]

    def each(self, name: str) -> list[str]:
        """All of this name, as `said` has the first."""
        if name not in self._first:
            return []
        if self._names.count(name) == 1:
            return [self.said(name)]
        return [self._text(value) for value in self._values(name)]

    def _values(self, name: str) -> list[str]:
        return [value for known, (_, value) in zip(self._names, self.fields, strict=True) if known == name]

    def above(self, name: str) -> Iterator[tuple[str, str]]:
        """Names and texts of those that stand above the first of this name."""
        for field, value in self.fields:
            if field.lower() == name:
                return
            yield field.lower(), self._text(value)

    def text(self, name: str, fallback: str = "") -> str:
        """The value as people read it."""
        return unencoded(self.said(name, fallback))

    def word(self, name: str) -> str:
        """The value up to its first `;` or comment, in lower case: what a keyword header says."""
        said = self.said(name)
        return _WORD_ENDS.split(said.strip(), maxsplit=1)[0].strip("\"'").lower() if said else ""

    def _text(self, value: str) -> str:
        return _unfolded(value) if self.is_plain else plain(_unfolded(value).encode("latin-1"))


def read(raw: bytes, start: int, end: int, notice: Notice = ignored) -> tuple[Headers, int]:
    """The headers from `start` on, and where the body begins. A line that is no header begins the body."""
    blank = _blank(raw, start, min(end, start + LONGEST))
    if blank >= 0 and (usual := _as_usual(raw[start:blank])):
        return usual, _row(raw, blank, end)[1]
    fields: list[tuple[bytes, list[bytes]]] = []
    at, lines = start, 0
    while at < end:
        row_end, following = _row(raw, at, end)
        row = raw[at : min(row_end, at + LONGEST)]
        if row_end == at:
            return _made(fields), following
        if lines >= MOST_LINES or at - start > MOST_BYTES:
            notice("more header lines than are read; the rest is only in the original")
            return _made(fields), _after_blank(raw, at, end)
        if not _taken(row, fields) and (fields or not _ignorable(row)):
            return _made(fields), at
        at, lines = following, lines + 1
    return _made(fields), end


def _blank(raw: bytes, start: int, end: int) -> int:
    """Where the first blank line is; -1 when there is none."""
    if raw.startswith((b"\n", b"\r\n"), start, end):
        return start
    short = raw.find(b"\n\n", start, end)
    long = raw.find(b"\n\r\n", start, end if short < 0 else short)
    found = long if long >= 0 else short
    return found + 1 if found >= 0 else -1


def _as_usual(block: bytes) -> Headers | None:
    """The fields, where there is nothing else in the block."""
    if block.startswith(b"From "):
        block = block[block.find(b"\n") + 1 :]
    fields = _USUAL_FIELD.findall(block.decode("latin-1"))
    if _NO_FIELD in fields or block.count(b"\n") > MOST_LINES:
        return None
    return Headers(fields, is_plain=block.isascii() and b"\x1b" not in block and b"\0" not in block)


def _unfolded(value: str) -> str:
    return (value.replace("\r\n", "").replace("\n", "") if "\n" in value else value).strip(_SPACE)


def _row(raw: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the line at `at` ends, without its line end, and where the next begins."""
    newline = raw.find(b"\n", at, end)
    if newline < 0:
        return end, end
    return (newline - 1 if newline > at and raw[newline - 1] == 13 else newline), newline + 1


def _taken(row: bytes, fields: list[tuple[bytes, list[bytes]]]) -> bool:
    if row[:1] in (b" ", b"\t"):
        if fields:
            fields[-1][1].append(row)
        return bool(fields)
    if match := _FIELD.match(row):
        fields.append((match[1], [row[match.end() :]]))
    return match is not None


def _ignorable(row: bytes) -> bool:
    return row.startswith((b"From ", b">From ")) or not row.strip()


def _after_blank(raw: bytes, at: int, end: int) -> int:
    ends = [
        (found + len(mark)) for mark in (b"\n\n", b"\n\r\n") if (found := raw.find(mark, at - 1, end)) >= 0
    ]
    return min(ends, default=end)


def _made(fields: list[tuple[bytes, list[bytes]]]) -> Headers:
    joined = [(name, b"".join(rows)[:LONGEST]) for name, rows in fields]
    return Headers([(name.decode("ascii"), value.decode("latin-1")) for name, value in joined])


def plain(value: bytes, fallback: str = "") -> str:
    """A raw value as text, its encoded words left alone."""
    if value.isascii() and b"\x1b" not in value:
        return clean(value.decode("ascii"))
    if b"\x1b" in value and (b"\x1b$" in value or b"\x1b(" in value):
        return decoded(value, "iso-2022-jp")
    return decoded(value, "", fallback)


def unencoded(value: str) -> str:
    """With its encoded words read (RFC 2047), pieces of one character joined, white space made single."""
    return " ".join(clean("".join(_pieces(value))).split()) if "=?" in value else " ".join(value.split())


def _pieces(value: str) -> Iterator[str]:
    """Words of one charset that stand together are one: some senders cut them within a character."""
    at, form, waiting = 0, ("", ""), ""
    for match in _ENCODED.finditer(value):
        between = value[at : match.start()]
        apart = bool(between.strip()) or at == 0
        if waiting and (apart or form != (match[1].lower(), match[2].lower())):
            yield _word(*form, waiting)
            waiting = ""
        if apart:
            yield between
        form, at = (match[1].lower(), match[2].lower()), match.end()
        waiting += match[3]
    yield _word(*form, waiting) if waiting else ""
    yield value[at:]


def _word(charset: str, encoding: str, content: str) -> str:
    data = content.encode("ascii" if content.isascii() else codec(charset) or "utf-8", "ignore")
    if encoding == "b":
        return decoded(from_base64(data), charset)
    return decoded(a2b_qp(data.replace(b"_", b"=20"), header=False), charset)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A structured value's first word, in lower case, and its parameters: `text/html; charset=x`."""
    first, _, rest = value.partition(";")
    return first.strip().lower(), _joined(_found(rest))


def _found(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(rest[:LONGEST]):
        found.setdefault(match[1].lower(), _unquoted(match[2].strip()))
        if len(found) >= 200:
            break
    return found


def _unquoted(value: str) -> str:
    return _ESCAPED.sub(r"\1", value[1:].removesuffix('"')) if value.startswith('"') else value


def _joined(found: dict[str, str]) -> dict[str, str]:
    """Continuations and charsets undone (RFC 2231); a plain parameter gives way to its extended form."""
    joined = {name: unencoded(value) for name, value in found.items() if "*" not in name}
    bases = {name.partition("*")[0] for name in found if "*" in name}
    return joined | {base: _extended(base, found) for base in bases if base}


def _extended(base: str, found: dict[str, str]) -> str:
    if f"{base}*" in found:
        return _percent(found[f"{base}*"])
    pieces, charset = [], ""
    for number in range(200):
        if (coded := found.get(f"{base}*{number}*")) is not None:
            if number == 0 and coded.count("'") >= 2:
                charset, _, coded = coded.split("'", 2)
            pieces.append(unquote_to_bytes(coded))
        elif (simple := found.get(f"{base}*{number}")) is not None:
            pieces.append(simple.encode("utf-8", "ignore"))
        else:
            break
    return decoded(b"".join(pieces), charset)


def _percent(value: str) -> str:
    charset, _, coded = value.split("'", 2) if value.count("'") >= 2 else ("", "", value)
    return decoded(unquote_to_bytes(coded), charset if codec(charset) else "")
