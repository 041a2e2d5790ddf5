"""What the person newly wrote: without quotations, older mails, signatures and notices.

Nothing is lost: the whole text stays in the signal, and this is what of it is shown first. A mail that only
hands on another says that other. Answers between quotations keep the quotations they answer. It looks at each
line a bounded number of times, so no text makes it slow.
"""

from doorstep.channels.email.quotes_html import has_quotes, marked
from doorstep.channels.email.quotes_text import Mark, is_rule, marks
from doorstep.channels.email.signatures import end_of_words, is_device

MOST_QUOTED = 5_000
"""Characters of a quotation kept above its answer."""
MOST_LINES = 20_000
"""What follows is older than anybody reads; a text with more lines is handed on as it is."""


def said(text: str, html: str) -> str:
    """The new words. HTML is asked first where it marks quotations. Empty only when both are blank."""
    if html and has_quotes(html) and (rich := stripped(marked(html))):
        return rich
    return stripped(text) or text.strip()


def newly_said(text: str, html: str) -> str:
    """As a signal has it: empty where it is the whole text."""
    words = said(text, html)
    if words.rsplit(None, 3)[1:] != text.rsplit(None, 3)[1:]:
        return words
    return "" if words == text or words.split() == text.split() else words


def stripped(text: str) -> str:
    """The new words of a plain text; empty when there are none: all is quoted, or handed on."""
    words = own(unquoted(text))
    # A signature under a quotation hid that the quotation is the end.
    return own(unquoted(words)) or words if _ends_quoted(words) else words


def _ends_quoted(text: str) -> bool:
    return text[text.rfind("\n") + 1 :].lstrip().startswith(">")


def unquoted(text: str) -> str:
    """Without quotations and older mails, signatures left; empty when there is nothing else."""
    lines = (text.replace("\r\n", "\n") if "\r" in text else text).split("\n")
    if len(lines) > MOST_LINES:
        return text.strip()
    found = marks(lines)
    if Mark.SAID not in found:
        return ""
    if max(found) > Mark.BLANK:
        end = _end(found, lines)
        if end == len(found) and Mark.CUT in found:
            return ""
        lines = _kept(lines[:end], found[:end])
    while lines and (not lines[-1].strip() or is_rule(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines).strip("\n")


def own(text: str) -> str:
    """Without what stands under the words: signature, telephone's line, notice."""
    lines = text.split("\n")
    rows = list(map(str.strip, lines))
    sides = zip(rows, ["", *rows], [*rows[1:], ""], strict=False)
    device = {
        at for at, (row, above, below) in enumerate(sides) if row and not (above and below) and is_device(row)
    }
    kept = [line for at, line in enumerate(lines) if at not in device] if device else lines
    rows = list(map(str.strip, kept)) if device else rows
    if not any(rows):
        return text.strip()
    end = end_of_words(rows)
    if not any(row and not is_rule(row) for row in rows[:end]):
        end = len(rows)
    while end > 1 and (not rows[end - 1] or is_rule(rows[end - 1])):
        end -= 1
    return "\n".join(kept[:end]).strip() or text.strip()


def _end(found: list[Mark], lines: list[str]) -> int:
    """Where the first older mail begins that has words above it."""
    words = False
    cut, attribution, said = Mark.CUT, Mark.ATTRIBUTION, Mark.SAID
    if cut not in found and attribution not in found:
        return len(found)
    for at, mark in enumerate(found):
        if mark is said:
            words = words or not (is_device(lines[at].strip()) or is_rule(lines[at].strip()))
        elif words and (mark is cut or (mark is attribution and not _leads_to_quotes(found, at))):
            return at
    return len(found)


def _leads_to_quotes(found: list[Mark], at: int) -> bool:
    """Whether an attribution stands over quoted lines. One over bare lines heads an older mail."""
    following = next(
        (mark for mark in found[at : at + 12] if mark not in (Mark.ATTRIBUTION, Mark.BLANK)), Mark.QUOTED
    )
    return following is Mark.QUOTED


def _kept(lines: list[str], found: list[Mark]) -> list[str]:
    """The person's lines, and short quotations that stand between them."""
    runs = _quotations(found)
    first, last = found.index(Mark.SAID), len(found) - found[::-1].index(Mark.SAID)
    between = [run for run in runs if run[0] > first and run[1] <= last]
    start = 0 if between and any(end <= first for _, end in runs) else first
    quoted, attribution = Mark.QUOTED, Mark.ATTRIBUTION
    dropped = {
        at
        for begin, end in runs
        if sum(map(len, lines[begin:end])) > MOST_QUOTED
        for at in range(begin, end)
        if found[at] is quoted
    }
    return [lines[at] for at in range(start, last) if found[at] is not attribution and at not in dropped]


def _quotations(found: list[Mark]) -> list[tuple[int, int]]:
    """Where each quotation begins and ends."""
    runs: list[tuple[int, int]] = []
    begun = -1
    said, quoted = Mark.SAID, Mark.QUOTED
    for at, mark in enumerate([*found, said]):
        if mark is quoted and begun < 0:
            begun = at
        elif mark is said and begun >= 0:
            runs.append((begun, at))
            begun = -1
    return runs
