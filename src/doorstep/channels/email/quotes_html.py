"""An HTML body as text whose quotations are marked as in plain mail, by the marks that mail programs leave.

A quotation's lines get a `>`; where an older mail begins, a line of `OLDER` stands. One pass over the tags
that matter, no tree; the words are those of `html_text`.
"""

import re
from itertools import pairwise

from doorstep.channels.email.html_text import text_of
from doorstep.channels.email.quotes_text import OLDER

_HINTS = (
    "<blockquote",
    "gmail_",
    "divrplyfwdmsg",
    "appendonsend",
    "moz-cite-prefix",
    "moz-forward",
    "moz-signature",
    "yahoo_quoted",
    "stopspelling",
    "zwchr",
    "olk_src_body",
    "border-top",
    "tabindex",
    'name="quote"',
    "quoted_header",
    "messagereply",
    "reply-intro",
    "replyforward",
    "signature",
    "ydp",
    "_quote",
)
_OPEN, _CLOSE, _SAYS, _SAID, _SIGNED = "\ue000", "\ue001", "\ue003", "\ue004", "\ue005"
_OURS = dict.fromkeys(map(ord, f"{OLDER}{_OPEN}{_CLOSE}{_SAYS}{_SAID}{_SIGNED}"))

_TAG = re.compile(r"<(/?)(blockquote|div|hr|span|p|pre|section|table)\b([^<>]{0,3000})>", re.IGNORECASE)
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
_INDENT = re.compile(r"border:\s?none|border-left:\s?none|class=[\"']?webkit-indent", re.IGNORECASE)
_QUOTE = re.compile(r"type=[\"']?cite|_quote|class=[\"']?(?:quote|cite)", re.IGNORECASE)


def has_quotes(html: str) -> bool:
    """Whether a look is worth it."""
    lower = html.lower()
    return any(hint in lower for hint in _HINTS)


def marked(html: str) -> str:
    """Its text, quotations marked."""
    rows = _rows(text_of(_signed(html.translate(_OURS))).split("\n"))
    return "\n".join(row for above, row in pairwise(["", *rows]) if above or row)


def _signed(html: str) -> str:
    """With a sign of ours in a paragraph of its own wherever a program marked something."""
    pieces: list[str] = []
    at = 0
    state = _Open()
    for match in _TAG.finditer(html):
        before, after = state.signs(match[1], match[2].lower(), match[3])
        if before or after:
            pieces += [html[at : match.start()], _paragraphs(before), match[0], _paragraphs(after)]
            at = match.end()
    return "".join([*pieces, html[at:]])


def _paragraphs(signs: str) -> str:
    return "".join(f"<p>{sign}</p>" for sign in signs)


class _Open:
    """What is open at a tag: blockquotes, each a quotation or an indented paragraph, and an attribution."""

    def __init__(self) -> None:
        self.quotes: list[bool] = []
        self.attribution = ""

    def signs(self, slash: str, name: str, rest: str) -> tuple[str, str]:
        """The signs to put before and after a tag."""
        if slash:
            return self._closed(name)
        if name == "blockquote":
            is_quote = bool(_QUOTE.search(rest)) or not _INDENT.search(rest)
            self.quotes.append(is_quote)
            return self._ended(), _OPEN if is_quote else ""
        if name == "hr":
            return (OLDER, "") if "tabindex" in rest.lower() or _OLDER.search(rest) else ("", "")
        return self._opened(name, rest) if rest else ("", "")

    def _opened(self, name: str, rest: str) -> tuple[str, str]:
        if _ATTRIBUTION.search(rest):
            ended, self.attribution = self._ended(), name
            return ended + _SAYS, ""
        if _OLDER.search(rest):
            return self._ended() + OLDER, ""
        return (_SIGNED, "") if _SIGNATURE.search(rest) else ("", "")

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
