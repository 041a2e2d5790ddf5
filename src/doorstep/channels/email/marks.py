"""Which lines of a text are quoted. One pass: the slow rules are asked of the few lines they may be about."""

import re
from itertools import repeat
from operator import itemgetter

from doorstep.channels.email.openings import BARE_VERBS, VERB_LAST, WHEN
from doorstep.channels.email.quotes_text import (
    ATTRIBUTION,
    BEGUN,
    BLANK,
    CUT,
    ENDED,
    LONGEST_ATTRIBUTION,
    QUOTED,
    SAID,
    attribution,
    is_headers,
    is_rule,
    is_splitter,
    may_be_head,
    runs_on,
)
from doorstep.channels.email.signatures import is_device
from doorstep.kernel import has_gap

LONGEST_LINE = 1_000
"""Characters. A longer line is somebody's words, whatever they are."""

_UNSEEN = dict.fromkeys(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff", ""
) | {"\xa0": " ", "\u202f": " "}
_ASCII_VERBS = tuple(verb for verb in BARE_VERBS if verb.isascii())
_BY_FIRST = {"": BLANK, ">": QUOTED}
_FIRST, _FIRST_TWO, _LAST = itemgetter(slice(1)), itemgetter(slice(2)), itemgetter(slice(-1, None))
_TURNS = re.compile(rb"(?<=\.)>+|(?<=>)\.(?=>)")
"""Marks of lines that may belong to the one above: quoted under said, and said between quoted."""


def marks(lines: list[str], text: str) -> bytearray:
    """A mark for each line; `text`: the lines together. Behind a cut under words no more are cut."""
    visible = _visible(text)
    rows = _seen(lines, text, visible)
    found = bytearray(map(_BY_FIRST.get, map(_FIRST, rows), repeat(SAID)))
    if QUOTED in found:
        _mend_wraps(rows, found)
        if ">>>" in text:
            _mark_groupwise(rows, found)
    begun, addressed, ended = _suspects(rows, visible)
    for at in sorted(begun | addressed | ended):
        row = rows[at]
        if found[at] != SAID or not 2 <= len(row) < LONGEST_ATTRIBUTION:
            continue
        if (at in begun and (is_splitter(row, rows, at) or is_headers(rows, at))) or (
            at in addressed and runs_on(row)
        ):
            found[at] = CUT
            if first_words(lines, found) < at:
                break
        elif at in ended and (begin := attribution(rows, found, at)):
            found[at - begin + 1 : at + 1] = bytes((ATTRIBUTION,)) * begin
    return found


def first_words(lines: list[str], found: bytearray) -> int:
    """The first line that somebody wrote; behind the last when there is none."""
    at = found.find(SAID)
    while at >= 0 and (is_device(row := lines[at].strip()) or is_rule(row)):
        at = found.find(SAID, at + 1)
    return at if at >= 0 else len(found)


def _visible(text: str) -> str:
    if "\t" in text:
        text = text.replace("\t", " ")
    if not text.isascii():
        for sign, seen in _UNSEEN.items():
            if sign in text:
                text = text.replace(sign, seen)
    return text


def _seen(lines: list[str], text: str, visible: str) -> list[str]:
    """The lines without what nobody sees; of very long ones the beginning."""
    rows = list(map(str.strip, lines if visible is text else visible.split("\n")))
    if has_gap(text, "\n", LONGEST_LINE):
        return [
            row if len(line) <= LONGEST_LINE else line[:80] for row, line in zip(rows, lines, strict=True)
        ]
    return rows


def _suspects(rows: list[str], text: str) -> tuple[set[int], set[int], set[int]]:
    """The lines that may head an older mail, those with an address, and the ends of attributions."""
    heads, ends = map(_FIRST_TWO, rows), map(_LAST, rows)
    begun = {at for at, head in enumerate(heads) if head in BEGUN and may_be_head(rows[at])}
    ended = {at for at, end in enumerate(ends) if end in ENDED}
    usual = _ASCII_VERBS if text.isascii() else BARE_VERBS
    if verbs := tuple([verb for verb in usual if verb in text]):
        ended.update(at for at, row in enumerate(rows) if row.endswith(verbs))
    return begun, {at for at, row in enumerate(rows) if "@" in row} if "@" in text else set(), ended


def _mark_groupwise(rows: list[str], found: bytearray) -> None:
    """GroupWise heads an older mail so, and does not mark it further."""
    for at, row in enumerate(rows):
        if row.startswith(">>> ") and row.endswith(" >>>") and WHEN.search(row[:LONGEST_ATTRIBUTION]):
            found[at] = CUT


def _mend_wraps(rows: list[str], found: bytearray) -> None:
    """A long quoted line, or an attribution's address, broken by a program on its way."""
    for turn in _TURNS.finditer(bytes(found)):
        for at in range(*turn.span()):
            ends = _ends_address if found[at] == QUOTED else _ends_quoted
            if found[at] == found[at - 1] or not ends(rows[at], rows[at - 1]):
                break
            found[at] = found[at - 1]


def _ends_quoted(row: str, above: str) -> bool:
    return len(row) <= 80 and len(above) >= (50 if row[0].islower() else 65)


def _ends_address(row: str, above: str) -> bool:
    """Whether a `>` closes the address of the line above: "wrote Ada <ada@x" and then ">:"."""
    if len(row) > 40 or not row.endswith((":", "：")) or "<" not in above[-100:]:
        return False
    words = row.strip(" >:：")
    return not words or VERB_LAST.search(words) is not None
