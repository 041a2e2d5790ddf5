"""Cleaned HTML as a document of its own, for a sandboxed frame.

The frame: `<iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" srcdoc=…>`, and
never with `allow-scripts`. The document forbids itself all but its styles and the pictures it was given.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

_POLICY = (
    "default-src 'none'; img-src 'self' data: blob:{from_afar}; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)

_STYLE = """
:root { color-scheme: light dark; }
:root.own { color-scheme: light; background: #fff; }
body { margin: 0; padding: 0.75rem 1rem; font: 0.875rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
img:not([src]) { display: inline-block; min-width: 1.25rem; min-height: 1.25rem; border: 1px dashed #8888; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
blockquote { margin: 0.5rem 0 0.5rem 0.25rem; padding-left: 0.75rem; border-left: 2px solid #8888; }
a { color: LinkText; }
"""

_COLOURED = re.compile(
    r'<[a-z0-9]+ [^>]*(?:bgcolor=|<font [^>]*color=|style="[^"]*\b(?:color|background)\b)', re.I
)
_CID = re.compile(r'(<img(?: [a-z-]+="[^"]*")*? src=)"cid:([^"]*)"', re.I)
_REMOTE = re.compile(r'(<img(?: [a-z-]+="[^"]*")*?) data-remote-src="([^"]*)"', re.I)


def policy(from_afar: bool = False) -> str:
    """The content security policy of such a page; `from_afar`: pictures of the network may be loaded."""
    return _POLICY.format(from_afar=" https: http:" if from_afar else "")


def document(
    html: str,
    cids: Callable[[str], str],
    remote: Callable[[str], str] | None = None,
    from_afar: bool = False,
) -> str:
    """A whole page of HTML that `clean` made.

    `cids` gives a picture's address by its content id, or "" for none; `remote`, if given, that of a picture
    on the network (a proxy's: the document may load from our own origin only, unless pictures `from_afar` are
    allowed and `with_pictures` put them in). A mail with colours of its
    own stays on light paper, so that its words keep their contrast.
    """
    body = _CID.sub(lambda found: _shown(found[1], cids(unquote(unescape(found[2])))), html)
    if remote is not None:
        body = _REMOTE.sub(lambda found: _shown(f"{found[1]} src=", remote(unescape(found[2]))), body)
    own = ' class="own"' if _COLOURED.search(body) else ""
    return (
        f"<!doctype html><html{own}><head><meta charset=utf-8>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy(from_afar)}">'
        f'<meta name="referrer" content="no-referrer"><style>{_STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )


def _shown(before: str, address: str) -> str:
    return f'{before}"{escape(address)}"' if address else before.removesuffix(" src=")
