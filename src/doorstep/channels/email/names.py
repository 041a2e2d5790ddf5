"""File names that are safe to show, to send in a header and to save anywhere."""

import mimetypes
import re
import unicodedata

LONGEST = 120

_HIDDEN = re.compile("[\u200b-\u200f\u2028-\u202f\u2060-\u2069\u061c\ufeff\u00ad\ufff9-\ufffb]")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\ud800-\udfff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")


def safe_name(said: str, media_type: str, otherwise: str = "file") -> str:
    """The last part of a path, with nothing hidden, reversed or reserved in it; never empty."""
    name = _HIDDEN.sub("", unicodedata.normalize("NFC", said))
    name = re.split(r"[/\\]", _FORBIDDEN.sub(" ", name).rstrip(" /\\"))[-1]
    name = " ".join(name.split()).strip(" .")
    if not name:
        readable = media_type.startswith(("message/", "text/"))
        return otherwise + (mimetypes.guess_extension(media_type) or (".txt" if readable else ".bin"))
    return _shortened(f"_{name}" if _DEVICES.match(name) else name)


def apart(names: list[str]) -> list[str]:
    """The same, but no two alike: `a.pdf`, `a (2).pdf`. Upper and lower case do not tell apart."""
    taken = {name.casefold() for name in names}
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    return [_numbered(name, seen, taken, numbers) for name in names]


def _numbered(name: str, seen: set[str], taken: set[str], numbers: dict[str, int]) -> str:
    key = name.casefold()
    if key not in seen:
        seen.add(key)
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > 12:
        stem, dot, extension = name, "", ""
    while True:
        numbers[key] = numbers.get(key, 1) + 1
        tried = f"{stem} ({numbers[key]}){dot}{extension}"
        if tried.casefold() not in taken:
            taken.add(tried.casefold())
            seen.add(tried.casefold())
            return tried


def safe_type(said: str) -> str:
    """A media type that is one; anything else is bytes."""
    return said if _MEDIA_TYPE.fullmatch(said) else "application/octet-stream"


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12:
        return name[:LONGEST].rstrip()
    return stem[: LONGEST - len(extension) - 1].rstrip() + dot + extension
