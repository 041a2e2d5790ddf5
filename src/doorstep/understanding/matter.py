"""The matter: what a conversation is about, in a few words of the customer's own."""

import re

LONGEST = 80
_TAGS = re.compile(r"\[#[^\[\]]{1,40}\]")
_ANSWER_MARKS = re.compile(
    r"^(?:\s*(?:re|aw|antw|sv|vs|fwd?|wg|tr|rv|r|odp|απ|σχετ|ynt|回复|答复|返信)(?:\[\d+\])?\s*[:：])+", re.I
)


def matter(subject: str, text: str) -> str:
    """The subject without its marks, else the first line; at most 80 characters, cut at a word."""
    said = _ANSWER_MARKS.sub("", _TAGS.sub("", subject))
    words = " ".join(said.split()) or " ".join(_first_line(text).split())
    if len(words) <= LONGEST:
        return words
    head = words[:LONGEST]
    return (head.rsplit(" ", 1)[0] if " " in head[LONGEST // 2 :] else head) + "…"


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")
