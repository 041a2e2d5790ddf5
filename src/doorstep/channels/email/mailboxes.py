"""Mailboxes out of an address header (RFC 5322 §3.4), read leniently in one pass."""

import re

from doorstep.channels.email.charsets import line
from doorstep.channels.email.headers import unencoded
from doorstep.kernel import Address, AddressKind

MOST = 500
"""More recipients than this are left to the raw mail."""

_CONTROL = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
_BARE = r"([\w.+=-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
_SIMPLE = re.compile(
    rf'\s*(?:"?([A-Za-z0-9=][A-Za-z0-9 ._=?+/-]{{0,150}})?+"?\s*<{_BARE}>|{_BARE})\s*', re.ASCII
)
"""One mailbox and nothing odd: most headers."""
_RUNS = re.compile(r"""[^"\\()<>,;:]+|.""", re.DOTALL)
_NAME_ENDS = " \t\"'"
_QUOTE = "\0"
"""A quote that stands around something; no text has this character."""


def mailboxes(value: str) -> tuple[Address, ...]:
    """Every mailbox of a header's value, in order, each once."""
    if not value:
        return ()
    if simple := _SIMPLE.fullmatch(value):
        said, bare = simple[1] or "", simple[2] or simple[3]
        name = line(unencoded(said), 200).strip(_NAME_ENDS) if "=?" in said else " ".join(said.split())
        return (Address(AddressKind.MAILBOX, bare.lower(), name),)
    found: dict[str, Address] = {}
    for phrase, comment, angle in _Scanner(value).scan():
        address = _address(phrase, comment, angle)
        if address is not None:
            found.setdefault(address.value, address)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def mailbox(value: str, name: str = "") -> Address | None:
    """A mailbox by its bare address, lower case; none if it is none."""
    value = _CONTROL.sub("", value).strip("<>,;'\"").lower()
    local, at, domain = value.rpartition("@")
    if not (at and local and domain.strip(".")) or len(value) > 320 or "<" in value or ">" in value:
        return None
    return Address(AddressKind.MAILBOX, value, name)


def _address(phrase: str, comment: str, angle: str | None) -> Address | None:
    if angle is None:
        return mailbox(_bare(phrase), line(unencoded(comment), 200))
    if angle.startswith("@"):
        angle = angle.rpartition(":")[2]
    name = line(unencoded(phrase), 200).strip(_NAME_ENDS) or line(unencoded(comment), 200)
    return mailbox(unencoded(angle) if "=?" in angle else angle, name) or mailbox(_bare(phrase))


def _bare(phrase: str) -> str:
    """The word with an @ in what has no angle brackets, as in `mailto:a@b.example`."""
    phrase = unencoded(phrase).strip()
    if phrase.count("@") == 1 and "\\" not in phrase and '"' not in phrase:
        words = [word for word in phrase.split() if "@" in word]
        if words and words[0].strip("@") == words[0]:
            phrase = words[0]
    return phrase.removeprefix("mailto:")


class _Scanner:
    """Cuts a value into mailboxes: (phrase, comment, what stood in angle brackets).

    It goes by signs that mean something, and the runs of characters between them.
    """

    def __init__(self, value: str) -> None:
        self.value = value
        self.found: list[tuple[str, str, str | None]] = []
        self._clear()

    def _clear(self) -> None:
        self.phrase: list[str] = []
        self.comment: list[str] = []
        self.angle: list[str] | None = None
        self.inside = self.quoted = False
        self.depth = 0

    def scan(self) -> list[tuple[str, str, str | None]]:
        escaped = False
        for char in _RUNS.findall(self.value):
            if escaped:
                self._put(char)
                escaped = False
            elif char == "\\" and (self.quoted or self.depth):
                escaped = True
            elif self.depth:
                self._comment(char)
            elif char == '"':
                self.quoted = not self.quoted
                self._quote(char)
            elif self.quoted:
                self._put(char)
            else:
                self._outside(char)
        self._end()
        return self.found

    def _quote(self, char: str) -> None:
        """A quote belongs to a quoted local part, and only stands around a name."""
        if self.inside and self.angle is not None:
            self.angle.append(char)
        else:
            self.phrase.append(_QUOTE)

    def _comment(self, char: str) -> None:
        self.depth += (char == "(") - (char == ")")
        if self.depth:
            self.comment.append(char)

    def _outside(self, char: str) -> None:
        if self.inside:
            self._in_angle(char)
        elif char == "(":
            self.depth = 1
        elif char == "<":
            self.angle, self.inside = [], True
        elif char in ",;":
            self._end()
        elif char == ":" and "".join(self.phrase).strip().lower() != "mailto":
            self._clear()
        else:
            self.phrase.append(char)

    def _in_angle(self, char: str) -> None:
        if char == ">":
            self.inside = False
        elif char != "<" and self.angle is not None:
            self.angle.append(char)

    def _put(self, char: str) -> None:
        into = self.comment if self.depth else self.phrase
        (self.angle if self.inside and self.angle is not None else into).append(char)

    def _end(self) -> None:
        if self.phrase or self.angle is not None:
            angle = None if self.angle is None else "".join(self.angle)
            self.found.append((_unquoted("".join(self.phrase), angle), "".join(self.comment), angle))
        self._clear()


def _unquoted(phrase: str, angle: str | None) -> str:
    """Quotes around a name go; those of a bare address's local part stay."""
    return phrase.replace(_QUOTE, "" if angle is not None or "@" not in phrase else '"')
