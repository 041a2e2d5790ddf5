"""To whom a reply goes: whoever was last heard, and all who were in on it but ourselves."""

from collections.abc import Collection

import msgspec

from doorstep.conversations.model import LastHeard, ReplyAddresses
from doorstep.kernel import Address, AddressKind

Recipients = tuple[tuple[Address, ...], tuple[Address, ...]]


def reply_to(heard: LastHeard | None, ours: Collection[str], matter: str) -> ReplyAddresses:
    """The addresses of a reply. `ours` are those of our inboxes, which are never written to."""
    if heard is None or heard.sender_value is None or heard.sender_kind is None:
        return ReplyAddresses(subject=matter)
    sender = Address(AddressKind(heard.sender_kind), heard.sender_value, heard.sender_name or "")
    to, cc = msgspec.json.decode(heard.recipients, type=Recipients) if heard.recipients != b"[]" else ((), ())
    others = tuple(a for a in (*to, *cc) if a.value != sender.value and not _is_one_of(a.value, ours))
    return ReplyAddresses((sender,), tuple(dict.fromkeys(others)), heard.subject or matter)


def _is_one_of(value: str, ours: Collection[str]) -> bool:
    local, _, domain = value.lower().rpartition("@")
    own = ((own.lower().rpartition("@")) for own in ours)
    return any(domain == d and (local == n or local.startswith(f"{n}+")) for n, _, d in own)
