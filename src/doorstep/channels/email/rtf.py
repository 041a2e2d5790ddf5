"""The words of an RTF body, or the HTML that Outlook packed into it (MS-OXRTFCP, MS-OXRTFEX). One pass.

Broken RTF gives what can be had of it; nothing here recurses, and what is made is bounded.
"""

import re
import struct
from html import escape

from doorstep.channels.email.charsets import clean, decoded

LARGEST = 2_000_000
"""Bytes of RTF that are unpacked; what is longer is cut."""
DEEPEST = 2_000

_PRIMER = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-z0-9'])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SILENT = {
    *(
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "footer",
        "headerl",
        "headerr",
    ),
    *(
        "footerl",
        "footerr",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "themedata",
        "xmlnstbl",
    ),
    *("colorschememapping", "latentstyles", "datastore", "fldinst", "bkmkstart", "bkmkend"),
}
_SIGNS = {
    **{"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"},
    **{"endash": "–", "emdash": "—"},
}
_CHARACTERS = {"~": "\xa0", "_": "‑", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}


def unpacked(content: bytes) -> bytes:
    """The RTF in a compressed body; empty when it is none. Never raises."""
    if len(content) < 16:
        return b""
    _, size, form, _ = struct.unpack_from("<II4sI", content)
    most = min(size, LARGEST)
    if form == b"MELA":
        return content[16 : 16 + most]
    return _decompressed(content, most) if form == b"LZFu" else b""


def _decompressed(content: bytes, most: int) -> bytes:
    out, at, begun = bytearray(_PRIMER), 16, len(_PRIMER)
    while at < len(content) and len(out) - begun < most:
        flags, at = content[at], at + 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(content) or not _repeated(out, content[at] << 8 | content[at + 1]):
                    return bytes(out[begun : begun + most])
                at += 2
            else:
                out += content[at : at + 1]
                at += 1
    return bytes(out[begun : begun + most])


def _repeated(out: bytearray, reference: int) -> bool:
    """Add what a reference names: twelve bits of place in a ring of 4,096, four of length. False: the end."""
    back = (len(out) - (reference >> 4)) % 4096
    start, length = len(out) - back, (reference & 15) + 2
    if not back or start < 0:
        return False
    piece = out[start : start + length]
    out += (piece * (length // len(piece) + 1))[:length]
    return True


def words(rtf: bytes) -> tuple[str, str]:
    """(text, html): one of the two, by what the RTF was made from."""
    reader = _Reader("\\fromhtml" in rtf[:4096].decode("latin-1"))
    for token in _TOKEN.finditer(rtf[:LARGEST].decode("latin-1")):
        reader.take(token)
        if len(reader.groups) > DEEPEST:
            break
    said = _joined(reader.done())
    return ("", said) if reader.html else (said.strip("\n"), "")


def _joined(pieces: list[str]) -> str:
    """One text; what RTF wrote as two halves of a character is one again."""
    return clean("".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


class _Group:
    """What holds until a brace closes: silence, being a tag of HTML, and how many signs stand for a `\\u`."""

    def __init__(self, silent: bool, tag: bool, fallbacks: int) -> None:
        self.silent, self.tag, self.fallbacks = silent, tag, fallbacks
        self.starred = False


class _Reader:
    """Takes tokens, and keeps what is said."""

    def __init__(self, html: bool) -> None:
        self.html = html
        self.groups = [_Group(False, False, 1)]
        self.charset = "cp1252"
        self.aside = False
        """Within what is only for readers of RTF."""
        self.skips = 0
        self.said: list[str] = []
        self.bytes = bytearray()

    def done(self) -> list[str]:
        self._flush()
        return self.said

    def take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup if token["word"] is None else "word"
        if kind == "hex":
            self._hex(token["hex"])
        elif kind == "brace":
            self._brace(token["brace"])
        elif kind == "text":
            self._text(token["text"])
        elif kind == "sign":
            self._sign(token["sign"])
        else:
            self._word(token["word"], token["number"])

    def _brace(self, brace: str) -> None:
        self.skips = 0
        group = self.groups[-1]
        if brace == "{":
            self.groups.append(_Group(group.silent, group.tag, group.fallbacks))
        elif len(self.groups) > 1:
            self.groups.pop()

    def _hex(self, digits: str) -> None:
        if self.skips:
            self.skips -= 1
        elif self._heard():
            self.bytes.append(int(digits, 16))

    def _text(self, text: str) -> None:
        skipped = min(self.skips, len(text))
        self.skips -= skipped
        self._say(text[skipped:])

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.groups[-1].starred = True
        elif self.skips:
            self.skips -= 1
        else:
            self._say(_CHARACTERS.get(sign, ""))

    def _word(self, word: str, number: str | None) -> None:
        group, value = self.groups[-1], int(number or "0")
        if word == "u" and number:
            self._say(chr(value % 65536))
            self.skips = group.fallbacks
        elif word == "uc":
            group.fallbacks = min(max(value, 0), 8)
        elif word == "ansicpg":
            self.charset = "utf-8" if value == 65001 else f"cp{value}"
        elif word == "htmlrtf":
            self.aside = number != "0"
        elif word == "htmltag" and self.html:
            group.tag, group.starred = True, False
        elif word in _SILENT or group.starred:
            group.silent, group.starred = True, False
        else:
            self._say(_SIGNS.get(word, ""))

    def _heard(self) -> bool:
        return not self.groups[-1].silent and not (self.html and self.aside)

    def _say(self, text: str) -> None:
        if text and self._heard():
            self._flush()
            self.said.append(escape(text, quote=False) if self.html and not self.groups[-1].tag else text)

    def _flush(self) -> None:
        if self.bytes:
            text = decoded(bytes(self.bytes), self.charset)
            self.bytes.clear()
            self.said.append(text)
