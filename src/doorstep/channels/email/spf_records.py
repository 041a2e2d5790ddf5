"""What an SPF record says, before anything is asked (RFC 7208 §4.6.1, §5 and §6)."""

import re
from ipaddress import ip_address

import msgspec

_MECHANISM = re.compile(
    r"([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^\s]+?))?(?:/(\d{1,3}))?(?://(\d{1,3}))?", re.I
)
_MODIFIER = re.compile(r"([a-z][\w.-]*)=(\S*)", re.I)
_RESULTS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


class Wrong(Exception):
    """The domain's records cannot be read, or lead too far."""


class Term(msgspec.Struct, frozen=True):
    """One mechanism: its result if it matches, its name, what stands behind its colon, its lengths."""

    result: str
    name: str
    value: str
    bits: int
    bits6: int


def read(record: str) -> tuple[list[Term], str]:
    """The mechanisms in their order, and whom the record leads on to. Raises `Wrong` (§4.6.1)."""
    terms: list[Term] = []
    modifiers: list[tuple[str, str]] = []
    for word in record.split()[1:]:
        if found := _MODIFIER.fullmatch(word):
            modifiers.append((found[1].lower(), found[2]))
        elif found := _MECHANISM.fullmatch(word):
            terms.append(_term(found))
        else:
            raise Wrong
    redirects = [value for name, value in modifiers if name == "redirect"]
    if len(redirects) > 1 or "" in redirects:
        raise Wrong
    return terms, "" if any(term.name == "all" for term in terms) else "".join(redirects)


def _term(found: re.Match[str]) -> Term:
    name, value = found[2].lower(), found[3] or ""
    bits, bits6 = int(found[4] or (128 if name == "ip6" else 32)), int(found[5] or 128)
    if bits > (128 if name == "ip6" else 32) or bits6 > 128:
        raise Wrong
    if bool(value) != (name != "all") and name not in ("a", "mx", "ptr"):
        raise Wrong
    if name in ("ip4", "ip6") and version(value) != int(name[2]):
        raise Wrong
    return Term(_RESULTS[found[1]], name, value, bits, bits6)


def version(value: str) -> int:
    try:
        return ip_address(value).version
    except ValueError:
        return 0
