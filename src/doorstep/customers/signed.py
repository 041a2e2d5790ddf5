"""Signed: the names by which a text says who wrote it: under its greeting, or at its beginning. Pure."""

import re

from doorstep.customers.names import fold, is_given, is_title
from doorstep.customers.words import lines_of, words_of

_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*\.?"
_NAME = rf"({_WORD}(?:[ \t]+{_WORD}){{0,3}})"
_CLOSE = "(?:" + "|".join(lines_of("closings")) + ")"
_CLOSED = re.compile(
    rf"(?:^|[\n.!?,–-])[ \t]*{_CLOSE}\b[^\n]{{0,20}}?[,.!\s–-]+{_NAME}[ \t.!]*(?:\n|$)", re.I
)
_INTRO = re.compile(
    r"(?:this is|my name is|i am|i'm|hier (?:ist|spricht)|ich bin|mein name ist|je suis|je m'appelle|ici"
    r"|soy|me llamo|mi nombre es|sono|mi chiamo|ik ben|mijn naam is|met|nazywam się|jestem|jmenuji se"
    r"|меня зовут|это|με λένε|jag heter|name:|signed:)[ \t]+" + _NAME,
    re.I,
)
_DASHED = re.compile(rf"(?:\n|^|\s)[–—-]{{1,2}}[ \t]*{_NAME}[ \t.]*$")
_LAST = re.compile(rf"\n[ \t]*{_NAME}[ \t.]*\s*$")


def signed(text: str) -> tuple[str, ...]:
    """Names it is signed with, the surest first; nothing that is merely mentioned."""
    tail = text[-600:]
    found = [match[1] for pattern in (_CLOSED, _DASHED) for match in pattern.finditer(tail)]
    found += [match[1] for match in _INTRO.finditer(text[:600])]
    names = [name for one in found if (name := _name(one))]
    last = _LAST.search(tail)
    if last and (name := _name(last[1])) and is_given(fold(name.split()[0])):
        names.append(name)
    return tuple(dict.fromkeys(names))


def _name(found: str) -> str:
    """As much of it as is written as names are; empty for words of another kind."""
    words: list[str] = []
    for word in found.split():
        bare = word.strip(".,")
        if is_title(fold(bare)) and not words:
            continue
        if (not word[0].isupper() and fold(word) not in _PARTICLES) or fold(bare) in _NONE:
            break
        words.append(bare)
        if word.endswith(".") and len(bare) > 1:
            break
    is_one = bool(words) and (len(words) > 1 or len(words[0]) > 2)
    return " ".join(words[:4]) if is_one else ""


_PARTICLES = words_of("particles")
_NONE = words_of("no_names")
