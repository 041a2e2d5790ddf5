"""Which lines of a text head an older mail. Each is looked at with a bounded neighbourhood."""

import re

from doorstep.channels.email.beginnings import cased
from doorstep.channels.email.openings import (
    ANNOUNCED,
    BARE_VERBS,
    LABELS,
    OPENING,
    SPLITTERS,
    VERB,
    VERB_LAST,
    WHEN,
    may_have_verb,
)

LONGEST_ATTRIBUTION = 500
DEEPEST_WRAP = 4
"""Lines an attribution may take."""
HEADER_LINES = 9
OLDER = "\ue002"
"""Twice on a line: an older mail begins here. From `quotes_html`; no mail has it."""
LONGEST_LABEL = 24

_DIGIT = re.compile(r"\d")
_SIGNS = " *_-—–<>\"'"
_MARKS = " *_>#|"
_RULED = "-_=*~#—–―─━•· "
RULES = frozenset(_RULED)
_DRAWN = "-_=*>—–" + OLDER
_DRAWN_ON = "-_=* —–"
_DRAWN_PLAIN = "-_=*—–─ "
_AROUND = " *_:-：."
_ENDS = frozenset(f":：{_SIGNS}")
_HEADS = frozenset(("from", "date", "sent", "subject", "to"))
"""The headers that one of an older mail's may begin with."""
_SAYINGS = ANNOUNCED.union(SPLITTERS)
_ASCII_SPLITTERS = [splitter for splitter in SPLITTERS if splitter.isascii()]
_HEADER_WORDS = [word for word, kind in LABELS.items() if kind in _HEADS]
_AROUND_WORDS = sorted(set(_MARKS + _AROUND))
_SIGNED_BEGUN = cased(
    {
        *(f"{sign}{word[0]}" for sign in _AROUND_WORDS for word in (*_HEADER_WORDS, *_SAYINGS)),
        *(f"{sign}{other}" for sign in _AROUND_WORDS for other in _AROUND_WORDS),
        *(f"{sign}{other}" for sign in _DRAWN for other in _DRAWN_ON),
        OLDER * 2,
    }
)
_SAYINGS_BEGUN = cased(begun[:3] for saying in _SAYINGS for begun in (saying, f"{saying}."))
_HEADERS_BEGUN = cased(f"{word}{sign}"[:2] for word in _HEADER_WORDS for sign in f":：{_MARKS}")
_ANY_BEGUN = _SIGNED_BEGUN | _HEADERS_BEGUN | {begun[:2] for begun in _SAYINGS_BEGUN}
BEGUN = frozenset(begun for begun in _ANY_BEGUN if begun[0] != ">")
ENDED = frozenset(f":：-{_SIGNS}")
"""How lines begin and end that a rule may be about; one that begins with a `>` is quoted."""
_USUAL_ENDS = tuple(f" {verb}" for verb in BARE_VERBS if VERB_LAST.search(verb))
"""Ends for which the long pattern need not be asked."""


BLANK, SAID, QUOTED, ATTRIBUTION, CUT = b" .>ac"
"""What a line is. An attribution is a part of "On … wrote:"; from a cut on all is an older mail, whose
headers stand there, or a rule that says so. Bytes, so that the marks of a text can be searched as one."""


def may_be_head(row: str) -> bool:
    """A quick look at a line that begins as one of `BEGUN`."""
    return ":" in row or row[:3] in _SAYINGS_BEGUN or row[:2] in _SIGNED_BEGUN or "：" in row


def is_rule(row: str) -> bool:
    """A line drawn with signs only."""
    return len(row) >= 2 and row[0] in RULES and not row.strip(_RULED)


def is_splitter(row: str, rows: list[str], at: int) -> bool:
    """Whether it says that an older message follows: "-----Original Message-----"."""
    if row[0] == OLDER:
        return True
    if row[0] in _DRAWN and row[1] in _DRAWN_ON and len(row) <= 120:
        words = row.strip("-_=*>—–─ :").lower()
        if not words or words in LABELS:
            return False
        spoken = _ASCII_SPLITTERS if words.isascii() else SPLITTERS
        return any(map(words.__contains__, spoken)) or _is_drawn(row, rows, at)
    if (row[:3] not in _SAYINGS_BEGUN and row[0] not in _AROUND) or (len(row) > 50 and row[-1] not in ":-："):
        return False
    words = row.strip(_AROUND).lower()
    return words in ANNOUNCED or (words in _SAYINGS and _labels_below(rows, at))


def is_headers(rows: list[str], at: int) -> bool:
    """Whether a block of an older mail's headers begins here: at least three, or two that only mails have."""
    if label(rows[at]) not in _HEADS:
        return False
    kinds: set[str] = set()
    address = False
    strangers = 0
    for row in rows[at : at + HEADER_LINES]:
        if not row:
            strangers += 1
            if strangers > 2:
                break
            continue
        kind = label(row)
        if not kind:
            strangers += 2 if row.endswith((".", "!", "?")) else 1
            if strangers > 2:
                break
        else:
            strangers = max(0, strangers - 1) if strangers < 2 else strangers
            kinds.add(kind)
        if ":" in row:
            kinds |= _further(row)
        address = address or "@" in row
        if kind and _is_enough(kinds, address):
            return True
    return _is_enough(kinds, address)


def label(row: str) -> str:
    """Which header a line is; empty when it is none."""
    ends = row.find(":", 0, LONGEST_LABEL + 8)
    if ends < 0:
        ends = row.find("：", 0, LONGEST_LABEL + 8)
    if ends < 1:
        return ""
    return LABELS.get(row[:ends].strip(_MARKS).lower(), "")


def _further(row: str) -> set[str]:
    """Headers that stand on the same line, as in "To: you Subject: that"."""
    found = set()
    for piece in row.split(":")[1:5]:
        word = piece.rstrip(_MARKS).rpartition(" ")[2].strip(_MARKS).lower()
        if len(word) > 2 and word in LABELS:
            found.add(LABELS[word])
    return found


def _is_enough(kinds: set[str], address: bool) -> bool:
    if "from" not in kinds:
        return len(kinds & {"sent", "date", "to", "subject"}) >= 3 and address and "subject" in kinds
    if len(kinds) >= 3:
        return address or "sent" in kinds or "subject" in kinds
    return address and len(kinds) == 2 and bool(kinds & {"sent", "subject"})


def _is_drawn(row: str, rows: list[str], at: int) -> bool:
    """A rule with words in it and a header under it: "---- Mensaje ----" in whatever language."""
    return row[-1] in "-_=*—–" and row[-2] in "-_=* —–" and _labels_below(rows, at)


def _labels_below(rows: list[str], at: int) -> bool:
    below = [row for row in rows[at + 1 : at + 5] if row][:2]
    return any(label(row) in _HEADS for row in below)


def runs_on(row: str) -> bool:
    """An attribution with the older mail on the same line, as some telephones send it."""
    if "@" not in row or row[-1] in ":：" or not _has_time(row) or OPENING.match(row) is None:
        return False
    verb = VERB.search(row, row.index("@"))
    return verb is not None and row[verb.end() : verb.end() + 2].strip()[:1] in (":", "：")


def attribution(rows: list[str], found: bytearray, at: int) -> int:
    """How many lines the attribution that ends at `at` takes; 0 when none does."""
    row = rows[at]
    tail = row.rstrip(_SIGNS) if row[-1] in _ENDS else row
    colon = tail.endswith((":", "："))
    if not tail or not (colon or row[-1] == "-" or tail.endswith(BARE_VERBS)):
        return 0
    last = tail.rstrip(" :：)(")[-30:]
    if not colon and not (may_have_verb(last) and VERB_LAST.search(last)):
        return 0
    quoted = _next_is_quoted(found, at)
    window = " ".join(rows[max(0, at - DEEPEST_WRAP + 1) : at + 1])
    if not (quoted or "@" in window or _has_time(window)):
        return 0
    weak = bare = 0
    for lines in range(1, min(DEEPEST_WRAP, at + 1) + 1):
        first = rows[at - lines + 1]
        if found[at - lines + 1] != SAID or (lines > 1 and first.endswith((".", "!", "?"))):
            break
        whole = " ".join(rows[at - lines + 1 : at + 1])
        if len(whole) > LONGEST_ATTRIBUTION:
            break
        if not _is_attribution(whole, last, quoted):
            continue
        if OPENING.match(first.lstrip(" *_-—–\"'<(")) and not first.startswith("at "):
            return lines
        weak = weak or (lines if "@" in first or _has_time(first) else 0)
        bare = bare or (lines if quoted else 0)
    return weak or bare


def _is_attribution(whole: str, last: str, quoted: bool) -> bool:
    """Whether it tells who wrote, and when or from where. `last`: the words at its end."""
    address = "@" in whole
    when = _has_time(whole)
    if when and address:
        return True
    if not (when or address or (quoted and len(whole) < 120)):
        return False
    if last.endswith(_USUAL_ENDS) or (
        may_have_verb(whole) and (VERB_LAST.search(last) or VERB.search(whole))
    ):
        return True
    return address and quoted and OPENING.match(whole) is not None


def _has_time(row: str) -> bool:
    return _DIGIT.search(row) is not None and WHEN.search(row) is not None


def _next_is_quoted(found: bytearray, at: int) -> bool:
    for mark in found[at + 1 : at + 4]:
        if mark != BLANK:
            return mark == QUOTED
    return False
