"""What the person newly wrote: without quotations, older mails, signatures and notices.

Nothing is lost: the whole text stays in the signal, and this is what of it is shown first. A mail that only
hands on another says that other. Answers between quotations keep the quotations they answer. It looks at each
line a bounded number of times, so no text makes it slow.
"""

import re

from doorstep.channels.email.marks import first_words, marks
from doorstep.channels.email.quotes_html import marked
from doorstep.channels.email.quotes_text import ATTRIBUTION, BLANK, CUT, QUOTED, SAID, is_rule
from doorstep.channels.email.signatures import device_lines, end_of_words

MOST_QUOTED = 5_000
"""Characters of a quotation kept above its answer."""
MOST_LINES = 20_000
"""What follows is older than anybody reads; a text with more lines is handed on as it is."""
_QUOTATION = re.compile(rb">[^.]*+")
"""Marks from a quoted line on, up to what was said."""
_OLDER = re.compile(rb"[ac]")


def said(text: str, html: str) -> str:
    """The new words. HTML is asked first where it marks quotations. Empty only when both are blank."""
    if html and (signed := marked(html)) and (rich := stripped(signed)):
        return rich
    return stripped(text) or text.strip()


def newly_said(text: str, html: str) -> str:
    """As a signal has it: empty where it is the whole text."""
    words = said(text, html)
    whole = text.strip()
    if words == whole:
        return ""
    if _end_of_last_word(words) != _end_of_last_word(whole):
        return words
    return "" if words.split() == text.split() else words


def _end_of_last_word(text: str) -> list[str]:
    return text[-40:].split()[-1:]


def stripped(text: str) -> str:
    """The new words of a plain text; empty when there are none: all is quoted, or handed on."""
    words = _own(_unquoted(text), text)
    # A signature under a quotation hid that the quotation is the end.
    return _own(_unquoted(words), text) or words if _ends_quoted(words) else words


def _ends_quoted(text: str) -> bool:
    return ">" in text and text[text.rfind("\n") + 1 :].lstrip().startswith(">")


def unquoted(text: str) -> str:
    """Without quotations and older mails, signatures left; empty when there is nothing else."""
    return "\n".join(_unquoted(text))


def _unquoted(text: str) -> list[str]:
    """Its lines; no blank one is the first, nor a blank one or a rule the last."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return text.strip().split("\n")
    found = marks(lines, text)
    if SAID not in found:
        return []
    if max(found) > SAID:
        end = _end(found, lines)
        if end == len(found) and CUT in found:
            return []
        lines = _kept(lines[:end], found[:end])
    while lines and (not (row := lines[-1].strip()) or is_rule(row)):
        lines.pop()
    empty = next((at for at, line in enumerate(lines) if line), 0)
    return lines[empty:] if empty else lines


def _own(lines: list[str], text: str) -> str:
    """Without what stands under the words: signature, telephone's line, notice. `text`: their whole."""
    if not lines:
        return ""
    kept, rows = lines, list(map(str.strip, lines))
    if device := device_lines(rows, text):
        kept = [line for at, line in enumerate(lines) if at not in device]
        rows = [row for at, row in enumerate(rows) if at not in device]
    if not any(rows):
        return "\n".join(lines).strip()
    end = end_of_words(rows)
    if not any(row and not is_rule(row) for row in rows[:end]):
        end = len(rows)
    while end > 1 and (not rows[end - 1] or is_rule(rows[end - 1])):
        end -= 1
    return "\n".join(kept[:end]).strip() or "\n".join(lines).strip()


def _end(found: bytearray, lines: list[str]) -> int:
    """Where the first older mail begins that has words above it."""
    if CUT in found or ATTRIBUTION in found:
        for older in _OLDER.finditer(found, first_words(lines, found)):
            at = older.start()
            if found[at] == CUT or not _leads_to_quotes(found, at):
                return at
    return len(found)


def _leads_to_quotes(found: bytearray, at: int) -> bool:
    """Whether an attribution stands over quoted lines. One over bare lines heads an older mail."""
    following = next((mark for mark in found[at : at + 12] if mark not in (ATTRIBUTION, BLANK)), QUOTED)
    return following == QUOTED


def _kept(lines: list[str], found: bytearray) -> list[str]:
    """The person's lines, and short quotations that stand between them."""
    runs = [run.span() for run in _QUOTATION.finditer(found)]
    first, last = found.find(SAID), found.rfind(SAID) + 1
    between = [run for run in runs if run[0] > first and run[1] <= last]
    start = 0 if between and any(end <= first for _, end in runs) else first
    for begin, end in runs:
        if sum(map(len, lines[begin:end])) > MOST_QUOTED:
            found[begin:end] = found[begin:end].replace(b">", b"a")
    if ATTRIBUTION not in found:
        return lines[start:last]
    return [lines[at] for at in range(start, last) if found[at] != ATTRIBUTION]
