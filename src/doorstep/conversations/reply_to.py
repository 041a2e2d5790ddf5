"""To whom a reply goes: whoever was last heard, and all who were in on it but ourselves."""

from collections.abc import Collection

import msgspec

from doorstep.conversations.model import LastHeard, ReplyAddresses
from doorstep.conversations.ours import is_ours
from doorstep.kernel import Address, AddressKind

Recipients = tuple[tuple[Address, ...], tuple[Address, ...]]


def reply_to(heard: LastHeard | None, ours: Collection[str], matter: str) -> ReplyAddresses:
    """The addresses of a reply. `ours` are those of our inboxes, which are never written to."""
    if heard is None or heard.sender_value is None or heard.sender_kind is None:
        return ReplyAddresses(subject=matter)
    sender = Address(AddressKind(heard.sender_kind), heard.sender_value, heard.sender_name or "")
    to, cc = msgspec.json.decode(heard.recipients, type=Recipients) if heard.recipients != b"[]" else ((), ())
    others = tuple(a for a in (*to, *cc) if a.value != sender.value and not is_ours(a.value, ours))
    answered = () if is_ours(sender.value, ours) else (sender,)
    return ReplyAddresses(answered, tuple(dict.fromkeys(others)), heard.subject or matter)
