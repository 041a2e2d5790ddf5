"""The words of an HTML body, in one pass over its tags: no tree, so nothing a sender nests can slow it."""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30})"""
    r"""(?P<rest>(?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}')*+)>"""
)
_BROKEN_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30})(?P<rest>[^>]*)>")
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]{1,300})"|'([^']{1,300})')""", re.IGNORECASE)

_SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "math"}
_BREAKS = {"br", "tr", "li", "dt", "dd", "option", "div", "section", "article", "header", "footer", "address"}
_PARAGRAPHS = {
    *("p", "table", "ul", "ol", "dl", "blockquote", "pre", "hr", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_CELLS = {"td", "th"}


def text_of(html: str) -> str:
    """Readable text: blocks on lines of their own, lists marked, no scripts, styles or comments."""
    return _tidied("".join(_pieces(html)))


def _pieces(html: str) -> Iterator[str]:
    at, pattern = 0, _TAG
    while (mark := _MARKUP.search(html, at)) is not None:
        yield _words(html[at : mark.start()])
        at = mark.start()
        if html.startswith(("<!", "<?"), at):
            at = _after_markup(html, at)
            continue
        match = pattern.match(html, at)
        if match is None and pattern is _TAG:
            pattern = _BROKEN_TAG
            match = pattern.match(html, at)
        if match is None:
            at = _after_stray(html, at)
            continue
        at = match.end()
        name = match["name"].lower()
        if name in _SILENT and not match["slash"]:
            at = _after_silence(html, at, name)
        yield _sign(name, bool(match["slash"]), match["rest"])
    yield _words(html[at:])


def _words(text: str) -> str:
    return unescape(text).replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _after_markup(html: str, at: int) -> int:
    """Behind a comment or a declaration; an open one takes the rest, as in a browser."""
    mark = "-->" if html.startswith("<!--", at) else ">"
    end = html.find(mark, at)
    return len(html) if end < 0 else end + len(mark)


def _after_stray(html: str, at: int) -> int:
    end = html.find(">", at)
    return len(html) if end < 0 else end + 1


def _after_silence(html: str, at: int, name: str) -> int:
    end = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(html, at)
    if end is None:
        return at if name in {"head", "object", "noscript"} else len(html)
    return end.end()


def _sign(name: str, closing: bool, rest: str) -> str:
    """What a tag leaves in the text."""
    if name in _PARAGRAPHS:
        return "\n\n"
    if name == "li" and not closing:
        return "\n- "
    if name in _BREAKS:
        return "" if name == "br" and closing else "\n"
    if name in _CELLS:
        return "\t" if closing else ""
    if name == "img" and (alt := _ALT.search(rest)):
        return f"[{unescape(alt[1] or alt[2])}]" if (alt[1] or alt[2]).strip() else ""
    return ""


def _tidied(text: str) -> str:
    text = text.replace("\xa0", " ").replace("\u200c", "").replace("\u200b", "").replace("\ufeff", "")
    rows = [" ".join(row.split()) for row in text.split("\n")]
    kept: list[str] = []
    for row in rows:
        if row or (kept and kept[-1]):
            kept.append(row)
    return "\n".join(kept).strip("\n")
