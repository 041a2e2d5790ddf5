"""Where a mail belongs: its name, the names it answers, our token, and what makes it the same mail again."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from doorstep.channels.email.charsets import line
from doorstep.channels.email.headers import Headers, unencoded
from doorstep.channels.email.tree import Part
from doorstep.kernel import Address, Inbox

MOST_REFERENCES = 50
LONGEST_ID = 500
NAMELESS = "@no-message-id.invalid>"
"""How the name ends that we give a mail without one."""

_ID = re.compile(r"<([^<>]{1,2000})>")
_LOOKS_LIKE_ONE = re.compile(r"<?[^<>@\s\"()]+@[^<>@\s\"()]+>?")
_TOKEN = re.compile(r"[A-Za-z0-9._~=-]{1,64}")
_SUBSTANCE = ("from", "to", "cc", "subject", "date", "in-reply-to", "references")


def message_ids(value: str) -> list[str]:
    """The message ids in a header, in order, each as `<…>`. Lone ones may lack their brackets."""
    if not value:
        return []
    if "=?" in value and "<" not in value:
        value = unencoded(value)
    found = [_named(match) for match in _ID.findall(value)]
    words = [] if found else value.replace(",", " ").strip(" <>\t").split()
    if len(words) == 1 or all(map(_LOOKS_LIKE_ONE.fullmatch, words)):
        found += [_named(word.strip("<>")) for word in words]
    return [name for name in found if name != "<>"]


def answered(headers: Headers) -> tuple[str, ...]:
    """What In-Reply-To names."""
    return _named_in(headers, "in-reply-to")


def earlier(headers: Headers) -> tuple[str, ...]:
    """What References names, oldest first."""
    return _named_in(headers, "references")


def _named_in(headers: Headers, name: str) -> tuple[str, ...]:
    return tuple(message_ids(" ".join(headers.each(name)))) if headers.has(name) else ()


def references(answered: Sequence[str], earlier: Sequence[str]) -> tuple[str, ...]:
    """The mails it answers, nearest first: In-Reply-To, then References from the last backwards."""
    return once([*answered, *reversed(earlier)])[:MOST_REFERENCES]


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name at its first place."""
    return tuple(dict.fromkeys(names))


def token(inbox: Inbox, recipients: Iterable[Address], meta: Mapping[str, str]) -> str:
    """What stands behind the plus in our address: `support+token@…`; empty when nothing does."""
    values = [meta.get("recipient", ""), *[address.value for address in recipients]]
    local, _, domain = inbox.address.lower().rpartition("@")
    for value in [value for value in values if "+" in value]:
        name, _, where = value.rpartition("@")
        said = name[len(local) + 1 :]
        if where.lower() == domain and name.lower().startswith(f"{local}+") and _TOKEN.fullmatch(said):
            return said.lower()
    return ""


def digest(mail: Part) -> str:
    """SHA-256 of what is said, in hex: the same for every delivery of a mail, and however it was encoded.

    Trace headers stay out; text counts without its line ends; the parts count by their decoded content.
    """
    headers, names = mail.headers, mail.headers.names
    present = [name for name in _SUBSTANCE if name in names]
    said = [f"{name}:{line(value, 100_000)}" for name in present for value in headers.each(name)]
    sums = [f"{part.media_type}:{_sum(part)}" for part in mail.leaves()]
    return hashlib.sha256("\n".join([*said, *sums, ""]).encode()).hexdigest()


def _sum(part: Part) -> str:
    if not part.media_type.startswith("text/"):
        return part.sha256
    content = b"\n".join(map(bytes.rstrip, part.body().split(b"\n"))).rstrip()
    return hashlib.sha256(content).hexdigest()


def _named(said: str) -> str:
    if said.isascii() and said.isprintable() and " " not in said and len(said) <= LONGEST_ID:
        return f"<{said}>"
    name = "".join(line(said, 2000).split())
    return (
        f"<{name}>"
        if len(name) <= LONGEST_ID
        else f"<{hashlib.sha256(name.encode()).hexdigest()}@long.invalid>"
    )
