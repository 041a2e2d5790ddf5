"""To whom a reply goes: whoever was last heard, and all who were in on it but ourselves."""

import msgspec

from doorstep.conversations.model import LastHeard, ReplyAddresses
from doorstep.kernel import Address, AddressKind

Recipients = tuple[tuple[Address, ...], tuple[Address, ...]]


def reply_to(heard: LastHeard | None, own_address: str, matter: str) -> ReplyAddresses:
    """The addresses of a reply. `own_address` is our inbox's, which is never written to."""
    if heard is None or heard.sender_value is None or heard.sender_kind is None:
        return ReplyAddresses(subject=matter)
    sender = Address(AddressKind(heard.sender_kind), heard.sender_value, heard.sender_name or "")
    to, cc = msgspec.json.decode(heard.recipients, type=Recipients) if heard.recipients != b"[]" else ((), ())
    others = tuple(a for a in (*to, *cc) if a.value != sender.value and not _is_ours(a.value, own_address))
    return ReplyAddresses((sender,), tuple(dict.fromkeys(others)), heard.subject or matter)


def _is_ours(value: str, own_address: str) -> bool:
    local, _, domain = value.lower().rpartition("@")
    own_local, _, own_domain = own_address.lower().rpartition("@")
    return domain == own_domain and (local == own_local or local.startswith(f"{own_local}+"))
