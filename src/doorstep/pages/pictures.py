"""Pictures on the network that `clean` holds back: how many there are, and the page with them."""

import re
from html import unescape

_WAITING = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) data-remote-src="([^"]*)"', re.I)


def remote_pictures(html: str) -> list[str]:
    """The addresses of those in HTML that `clean` made, each once, as they come."""
    return list(dict.fromkeys(unescape(found[2]) for found in _WAITING.finditer(html)))


def with_pictures(html: str) -> str:
    """The same HTML, its pictures to be loaded. `document` must then be told that they may be."""
    return _WAITING.sub(r'\1 src="\2"', html)
