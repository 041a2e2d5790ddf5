"""Bytes to text, whatever charset they claim: what comes out can be stored and shown."""

import codecs
import re
from functools import lru_cache

_UNSTORABLE = re.compile("[\ud800-\udfff]")
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+()-]{0,40}")
_TEXTUAL = re.compile(r"utf|iso|ascii|cp\d|koi8|shift|euc|gb|big5|mac|hz|johab|tis|ptcp|kz|hp")

# What senders say and what they mean, after the WHATWG Encoding Standard §4.2: the superset they really use.
_MEANT = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
}
_ASCII_TOO = {
    *("", "utf-8", "cp1252", "iso8859-2", "iso8859-15", "cp1250", "cp1251", "cp1254", "koi8-r"),
    *("gb18030", "big5hkscs", "cp949", "cp932", "euc_jp"),
}
"""Codecs that read ASCII as ASCII does."""
_ALIASES = {
    "unicode-1-1-utf-7": "utf-7",
    "x-utf-8": "utf-8",
    "utf-8mb4": "utf-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "windows-31j": "cp932",
    "x-mac-roman": "mac_roman",
    "ks_c_5601": "cp949",
    "cp-850": "cp850",
    "windows-874": "cp874",
    "x-windows-949": "cp949",
}


def decoded(content: bytes, charset: str = "", fallback: str = "") -> str:
    """The text: by its charset, else UTF-8, else `fallback`, else cp1252. Never raises.

    A charset that fits but for some bytes is still believed before cp1252, with U+FFFD for those.
    """
    return read(content, charset, fallback)[0]


def read(content: bytes, charset: str = "", fallback: str = "") -> tuple[str, str, bool]:
    """The text as `decoded` has it, the codec it was read by, and whether all of it fitted."""
    named = codec(charset)
    if named in _ASCII_TOO and content.isascii():
        return clean(content.decode("ascii")), named or "utf-8", True
    for name in (named, "utf-8", codec(fallback)):
        if name and (text := _strictly(content, name)) is not None:
            return clean(text), name, True
    likely = named not in ("", "cp1252") and (named != "utf-8" or len(content) > 40)
    if likely and not _mostly_lost(content, named):
        return clean(content.decode(named, "replace")), named, False
    return clean(_western(content)), "windows-1252", named in ("", "cp1252")


def codec(label: str) -> str:
    """The codec for a charset's label; empty when it is unknown, or no charset at all (`zlib`, `idna`)."""
    return _codec(label) if 0 < len(label) <= 60 else ""


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    label = label.strip().strip("\"'").lower().partition("*")[0]
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError, ImportError):
        return ""
    return _MEANT.get(name, name) if _TEXTUAL.match(name) else ""


def clean(text: str) -> str:
    """Without what PostgreSQL and UTF-8 cannot carry: lone surrogates and NUL."""
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return _UNSTORABLE.sub("", text)
    return text


def line(text: str, most: int = 1000) -> str:
    """On one line, without control characters, at most so long: fit for a header, a name, a subject."""
    if not (text.isascii() and text.isprintable()):
        text = _UNSHOWABLE.sub(" ", text)
    return " ".join(text.split())[:most].rstrip()


def _strictly(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except (UnicodeError, ValueError):
        return None


def _mostly_lost(content: bytes, name: str) -> bool:
    text = content[:4096].decode(name, "replace")
    return text.count("\ufffd") > max(1, len(text) // 10)


def _western(content: bytes) -> str:
    """cp1252, with its five undefined bytes read as Latin-1 has them."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_WESTERN[byte] for byte in content)


_WESTERN = [bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256)]
