"""HTML from outside, with what could act, load or deceive taken out.

Kept are words, their layout, pictures the mail brought along (`cid:`) or holds (`data:`), and links.
A picture from the network is not loaded: its address waits in `data-remote-src` until somebody asks for it.
"""

import re
from collections.abc import Callable

import nh3

from doorstep.pages.intricate import LONGEST, is_intricate, without_formatting

TOO_INTRICATE = (
    "<p><em>The layout of this message is too large or too intricate to be shown safely. "
    "Its words are shown instead, and the original is kept.</em></p>"
)

_TAGS = {
    *("a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite"),
    *("code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font"),
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
    ),
    *("s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "time", "tr", "tt", "u", "ul", "var", "wbr"),
}
_SILENT = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "iframe",
    "object",
    "embed",
    "noscript",
    "textarea",
}
_CELL = {"colspan", "rowspan", "width", "height", "nowrap"}
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "title", "align", "valign", "bgcolor"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": _CELL,
    "th": _CELL,
    "col": {"span", "width"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
    "li": {"value"},
    "blockquote": {"type"},
}
_SIDES = ("", "-top", "-right", "-bottom", "-left")
_STYLES = {
    *("color", "background-color", "background", "opacity", "display", "float", "clear", "vertical-align"),
    *("font", "font-family", "font-size", "font-style", "font-weight", "font-variant", "line-height"),
    *("text-align", "text-decoration", "text-indent", "text-transform", "letter-spacing", "word-spacing"),
    *("white-space", "word-break", "overflow-wrap", "word-wrap", "direction", "list-style-type"),
    *("width", "height", "max-width", "max-height", "min-width", "min-height", "box-sizing"),
    *("border-collapse", "border-spacing", "border-radius", "table-layout", "caption-side", "empty-cells"),
    *(f"{box}{side}" for box in ("margin", "padding", "border") for side in _SIDES),
    *(f"border{side}-{part}" for side in _SIDES for part in ("color", "style", "width")),
}

_LOADS = re.compile(
    r"[\\@]|/\*|\b(url|src|image|image-set|cross-fade|element|expression|attr|var|env|paint)\s*\(", re.I
)
_PICTURE = re.compile(r"cid:|https?://|data:image/(png|gif|jpe?g|webp|bmp);base64,", re.I)
_LINK = re.compile(r"https?://|mailto:|tel:", re.I)
_REMOTE = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) src="(?=(?i:https?:)[^"]*")')
_CALLS = re.compile(
    r"\((?:(?<=(?i:url|src|var|env)\()|(?<=(?i:image|paint)\()|(?<=(?i:attr)\()|(?<=(?i:element)\()"
    r"|(?<=(?i:image-set)\()|(?<=(?i:cross-fade|expression)\())"
)
_STYLE = re.compile(r"style(?<!\wstyle)\s*=\s*(\"[^\"]*\"|'[^']*')")
"""Of HTML in lower case."""
_LOADING = ("(", "\\", "@", "/*")
"""One of these is in all that `_LOADS` finds."""
_ESCAPING_STYLE = re.compile(r' style="[^"\\]*+\\')
_ANY_LINK = re.compile(r'(<a(?: [a-z-]+="[^"]*")*?) href="([^"]*)"')
_OTHER_LINK = re.compile(r' href="(?!(?:https?://|mailto:|tel:)[^"]*+(?<!\s)(?<!&nbsp;)")')
_OTHER_PICTURE = re.compile(r' src="(?!cid:|https?://|data:image/(?:png|gif|jpe?g|webp|bmp);base64,)')
_DOUBTS = (("(", _CALLS), (' src="', _OTHER_PICTURE))
"""What to look for where a sign of it is."""


def clean(html: str) -> str:
    """The harmless part of it. Takes time in proportion to its length; what could take more is not tried."""
    if is_intricate(html):
        html = without_formatting(html[:LONGEST])
        if is_intricate(html):
            return TOO_INTRICATE
    cleaned = _quick.clean(html)
    odd_link = _OTHER_LINK.search(cleaned)
    if odd_link:
        cleaned = _ANY_LINK.sub(_bare, cleaned)
        odd_link = _OTHER_LINK.search(cleaned)
    if odd_link or _is_doubtful(cleaned) or (' style=""' in cleaned and _has_odd_style(html)):
        cleaned = _thorough.clean(html)
    if "<img " not in cleaned:
        return cleaned
    return _REMOTE.sub(lambda found: f'{found[1]} data-remote-src="', cleaned)


def _bare(link: re.Match[str]) -> str:
    """Without white space around the address, as `_allowed` has it."""
    address = link[2].replace("&nbsp;", "\xa0").strip().replace("\xa0", "&nbsp;")
    return f'{link[1]} href="{address}"'


def _is_doubtful(cleaned: str) -> bool:
    """Whether there could be another value that `_allowed` would take out; asking it of each takes longer.

    In what was cleaned names are in lower case, and styles have neither comments nor escapes for letters.
    """
    if "\\" in cleaned and _ESCAPING_STYLE.search(cleaned):
        return True
    return any(sign in cleaned and odd.search(cleaned) for sign, odd in _DOUBTS)


def _has_odd_style(html: str) -> bool:
    """Whether a style may be empty for one declaration: `_allowed` takes that out, and keeps the rest."""
    styles = "\n".join(_STYLE.findall(html.lower()))
    return any(sign in styles for sign in _LOADING) and _LOADS.search(styles) is not None


def _allowed(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return _style(value)
    if name == "src":
        return value if _PICTURE.match(value.strip()) else None
    if name == "href":
        return value.strip() if _LINK.match(value.strip()) else None
    return value


def _style(value: str) -> str | None:
    """The declarations that load nothing."""
    kept = [declaration for declaration in value.split(";") if not _LOADS.search(declaration)]
    return ";".join(kept) or None


def _cleaner(allowed: Callable[[str, str, str], str | None] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        attribute_filter=allowed,
        filter_style_properties=_STYLES,
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        url_relative="deny",
    )


_quick, _thorough = _cleaner(None), _cleaner(_allowed)
