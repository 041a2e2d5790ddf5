"""What an SPF record says, before anything is asked (RFC 7208 §4.6.1, §5, §6, and the grammar of §12)."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network

import msgspec

MACRO = re.compile(r"%(?:\{([slodiphv])(0*[1-9]\d{0,2})?(r?)([.+,/_=-]*)\}|([%_-]))", re.I)
_LITERAL = re.compile(r"[!-$&-~]*", re.ASCII)
_END = re.compile(r"\.(?!\d+\.?$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$", re.I | re.ASCII)
_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.I | re.ASCII | re.DOTALL)
_MECHANISM = re.compile(r"([+?~-]?)([a-z0-9]+)(.*)", re.I | re.ASCII | re.DOTALL)
_BITS, _BITS6 = r"(?:/(?P<bits>0|[1-9]\d?))?", r"(?P<bits6>0|[1-9]\d{0,2})"
_AT = rf"(?::(?P<value>.+?))?{_BITS}(?://{_BITS6})?"
_FORMS = {
    name: re.compile(form, re.I | re.ASCII | re.DOTALL)
    for name, form in {
        "all": "",
        "include": ":(?P<value>.+)",
        "exists": ":(?P<value>.+)",
        "ptr": "(?::(?P<value>.+))?",
        "a": _AT,
        "mx": _AT,
        "ip4": rf":(?P<value>[\d.]+){_BITS}",
        "ip6": rf":(?P<value>[\da-f:.]+)(?:/{_BITS6})?",
    }.items()
}
_RESULTS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


class Wrong(Exception):
    """The domain's records cannot be read, or lead too far."""


class Term(msgspec.Struct, frozen=True):
    """One mechanism: its result if it matches, its name, the domain behind its colon, its lengths."""

    result: str
    name: str
    domain: str = ""
    bits: int = 32
    bits6: int = 128
    network: IPv4Network | IPv6Network | None = None
    """Of `ip4` and `ip6`."""


def read(record: str) -> tuple[list[Term], str]:
    """The mechanisms in their order, and whom the record leads on to. Raises `Wrong`."""
    terms: list[Term] = []
    modifiers: dict[str, str] = {}
    for word in filter(None, record.split(" ")[1:]):
        if found := _MODIFIER.fullmatch(word):
            _modify(found[1].lower(), found[2], modifiers)
        elif found := _MECHANISM.fullmatch(word):
            terms.append(_term(_RESULTS[found[1]], found[2].lower(), found[3]))
        else:
            raise Wrong
    return terms, "" if any(term.name == "all" for term in terms) else modifiers.get("redirect", "")


def _modify(name: str, value: str, modifiers: dict[str, str]) -> None:
    if name not in ("redirect", "exp"):
        _checked(value)
    elif name in modifiers:
        raise Wrong
    else:
        modifiers[name] = _domain(value)


def _term(result: str, name: str, rest: str) -> Term:
    found = _FORMS[name].fullmatch(rest) if name in _FORMS else None
    if found is None:
        raise Wrong
    said = {key: value for key, value in found.groupdict().items() if value}
    bits, bits6 = int(said.get("bits", 32)), int(said.get("bits6", 128))
    if bits > 32 or bits6 > 128:
        raise Wrong
    if name in ("ip4", "ip6"):
        return Term(result, name, network=_network(said["value"], bits if name == "ip4" else bits6))
    return Term(result, name, _domain(said["value"]) if "value" in said else "", bits, bits6)


def _network(value: str, bits: int) -> IPv4Network | IPv6Network:
    try:
        return ip_network(f"{value}/{bits}", strict=False)
    except ValueError as error:
        raise Wrong from error


def _domain(value: str) -> str:
    """The same, if a domain can come of it: it ends in a name, or in a macro."""
    macros = _checked(value)
    if not _END.search(value) and not (macros and value.endswith(macros[-1][0])):
        raise Wrong
    return value


def _checked(value: str) -> list[re.Match[str]]:
    """The macros in it; what stands between must be plain."""
    if not _LITERAL.fullmatch(MACRO.sub("", value)):
        raise Wrong
    return list(MACRO.finditer(value))
