"""An HTML body as text whose quotations are marked as in plain mail, by the marks that mail programs leave.

A quotation's lines get a `>`; where an older mail begins, a line of `OLDER` stands. One pass over the tags
that matter, no tree; the words are those of `html_text`.
"""

import re
from functools import lru_cache
from itertools import pairwise

import msgspec

from doorstep.channels.email.html_tags import Tags, tags
from doorstep.channels.email.html_text import breaks, joined
from doorstep.channels.email.quotes_text import OLDER

_OPEN, _CLOSE, _SAYS, _SAID, _SIGNED = "\ue000", "\ue001", "\ue003", "\ue004", "\ue005"
_OUR_SIGNS = (OLDER, _OPEN, _CLOSE, _SAYS, _SAID, _SIGNED)
_OURS = re.compile(f"[{''.join(_OUR_SIGNS)}]")

_MARKED = ("blockquote", "div", "hr", "span", "p", "pre", "section", "table")
_MARKED_NAMES = {f"{slash}{name}" for name in _MARKED for slash in ("", "/")}
_LONGEST_REST = 3_000
_ATTRIBUTION = re.compile(
    r"gmail_attr|moz-cite-prefix|reply-intro|yahoo-quoted-begin|x_gmail_attr", re.IGNORECASE
)
_OLDER = re.compile(
    r"""\bid=["']?(?:divRplyFwdMsg|x_divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|stopSpelling|zwchr"""
    r"""|mail-editor-reference-message"""
    r"""|yahoo_quoted|replyforwardmessage|quoted_header|isForwardContent|_?rc_sig_quote)"""
    r"""|\bclass=["'](?:[^"']{0,80} )?(?:yahoo_quoted|moz-forward-container|ydp\w{1,20}yahoo_quoted"""
    r"""|OutlookMessageHeader"""
    r"""|zmail_extra|wps_quotion|gmail_quote_attribution|history_container"""
    r"""|ms-outlook-ios-reference-message)"""
    r"""|\bname=["']?(?:quote|messageReplySection)\b|data-marker=["']__HEADERS__"""
    r"""|border-top:\s?solid\s?#(?:B5C4DF|E1E1E1|B6B6B6|C8C8C8)"""
    r"""|border-top-color:\s?(?:rgb\(229, ?229, ?229\)|#e5e5e5)""",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"""\b(?:class|id)=["']?(?:[^"'>]{0,80} )?(?:gmail_signature(?![_\w])|moz-signature"""
    r"""|AppleMailSignature|ms-outlook-mobile-signature"""
    r"""|protonmail_signature_block(?![-\w])|tutanota_signature|Signature(?=["' >])|signature(?=["' >])"""
    r"""|ymail_android_signature)"""
    r"""|data-signatureblock=["']?true""",
    re.IGNORECASE,
)
_SIGNS = (
    *("signature", "quote", "forward", "fwdmsg", "appendonsend", "olk_src", "stopspelling", "zwchr"),
    *("reference-message", "messageheader", "zmail_extra", "wps_quotion", "history_container"),
    *("messagereply", "__headers__", "border-top", "gmail_attr", "moz-cite", "reply-intro"),
)
"""What is in all that these three find: a quick look, before three slow ones."""
_INDENT = re.compile(r"border:\s?none|border-left:\s?none|class=[\"']?webkit-indent", re.IGNORECASE)
_QUOTE = re.compile(r"type=[\"']?cite|_quote|class=[\"']?(?:quote|cite)", re.IGNORECASE)


def marked(html: str) -> str:
    """Its text, quotations marked; empty where no program marked any."""
    if not _may_be_marked(html.lower()):
        return ""
    page = tags(_OURS.sub("", html) if any(sign in html for sign in _OUR_SIGNS) else html)
    if not any(_is_mark(name, rest) for name, rest in set(zip(page.names, page.rests, strict=True))):
        return ""
    between = breaks(page)
    if not _sign(page, between):
        return ""
    rows = _rows(joined(page, between).split("\n"))
    return "\n".join(row for above, row in pairwise(["", *rows]) if above or row)


def _may_be_marked(lowered: str) -> bool:
    """A quick look at the whole page."""
    return "<blockquote" in lowered or "<hr" in lowered or any(map(lowered.__contains__, _SIGNS))


def _is_mark(name: str | None, rest: str | None) -> bool:
    """Whether a tag may be one that a program marked something with, whatever stands around it."""
    if not name or name[0] == "/" or name.lower() not in _MARKED_NAMES:
        return False
    if name.lower() in ("blockquote", "hr"):
        return True
    return rest is not None and _sort(rest[:_LONGEST_REST]) is not _PLAIN


def _sign(page: Tags, between: list[str]) -> bool:
    """Put a sign of ours in a paragraph of its own wherever a program marked something. False: nowhere."""
    state, found = _Open(), False
    for at, name in enumerate(page.names):
        if name and (name in _MARKED_NAMES or name.lower() in _MARKED_NAMES):
            before, after = state.signs(name.lower(), (page.rests[at] or "")[:_LONGEST_REST])
            if before or after:
                between[at] = f"{_paragraphs(before)}{between[at]}{_paragraphs(after)}"
                found = True
    return found


def _paragraphs(signs: str) -> str:
    return "".join(f"\n\n{sign}\n\n" for sign in signs)


class _Sort(msgspec.Struct, frozen=True):
    """What the attributes of a tag say it is."""

    is_attribution: bool
    is_older: bool
    is_signature: bool


_PLAIN = _Sort(False, False, False)


@lru_cache(maxsize=512)
def _sort(rest: str) -> _Sort:
    lowered = rest.lower()
    if not any(map(lowered.__contains__, _SIGNS)):
        return _PLAIN
    found = (pattern.search(rest) is not None for pattern in (_ATTRIBUTION, _OLDER, _SIGNATURE))
    return _Sort(*found)


class _Open:
    """What is open at a tag: blockquotes, each a quotation or an indented paragraph, and an attribution."""

    def __init__(self) -> None:
        self.quotes: list[bool] = []
        self.attribution = ""

    def signs(self, name: str, rest: str) -> tuple[str, str]:
        """The signs to put before and after a tag."""
        if name[0] == "/":
            return self._closed(name[1:])
        if name == "blockquote":
            is_quote = bool(_QUOTE.search(rest)) or not _INDENT.search(rest)
            self.quotes.append(is_quote)
            return self._ended(), _OPEN if is_quote else ""
        if name == "hr":
            return (OLDER, "") if "tabindex" in rest.lower() or _sort(rest).is_older else ("", "")
        return self._opened(name, _sort(rest)) if rest else ("", "")

    def _opened(self, name: str, sort: _Sort) -> tuple[str, str]:
        if sort.is_attribution:
            ended, self.attribution = self._ended(), name
            return ended + _SAYS, ""
        if sort.is_older:
            return self._ended() + OLDER, ""
        return (_SIGNED, "") if sort.is_signature else ("", "")

    def _closed(self, name: str) -> tuple[str, str]:
        if name == "blockquote":
            return (_CLOSE if self.quotes and self.quotes.pop() else "", "")
        return ("", self._ended()) if name == self.attribution else ("", "")

    def _ended(self) -> str:
        ended, self.attribution = (_SAID if self.attribution else ""), ""
        return ended


class _Rows:
    """The lines as a plain mail has them, made from the lines and signs of ours."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.depth = 0
        self.says = False
        self.attribution: list[str] = []

    def take(self, line: str) -> None:
        if line == _SAYS:
            self.says = True
        elif line == _SAID:
            self.says = False
        elif line == _OPEN:
            self.depth, self.says, self.attribution = self.depth + 1, False, []
        elif line == _CLOSE:
            self.depth = max(0, self.depth - 1)
        elif self.says and not self.depth:
            self.attribution += [line] if line else []
        else:
            self._put(line)

    def _put(self, line: str) -> None:
        """A line of the body. An attribution over bare words heads an older mail."""
        if line and self.attribution:
            self.rows += [OLDER * 2, *self.attribution]
            self.attribution = []
        if line == _SIGNED:
            line = "--"
        elif line == OLDER:
            line = OLDER * 2
        self.rows.append(f"> {line}" if self.depth and line else line)


def _rows(lines: list[str]) -> list[str]:
    made = _Rows()
    for line in lines:
        made.take(line)
    return made.rows
