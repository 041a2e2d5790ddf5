"""Pictures that HTML names by their Content-Location (RFC 2557), named by their content id instead."""

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import quote, unquote

_SRC = re.compile(
    r"""(?P<before>\s(?:src|background)\s{0,5}=\s{0,5})(?:"(?P<double>[^"<>]{1,2000})"|'(?P<single>[^'<>]{1,2000})')""",
    re.IGNORECASE,
)


def located(html: str, places: Mapping[str, str]) -> str:
    """The HTML with `cid:` where it has one of these addresses. `places`: content ids by address."""
    if not places or not html:
        return html
    known = {_key(address): identity for address, identity in places.items()}

    def named(found: re.Match[str]) -> str:
        identity = known.get(_key(unescape(found["double"] or found["single"])))
        return f'{found["before"]}"cid:{escape(quote(identity, safe="@.$-_+"))}"' if identity else found[0]

    return _SRC.sub(named, html)


def _key(address: str) -> str:
    return "".join(unquote(address).split())
