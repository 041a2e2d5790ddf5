"""Signals of the exchange format, as a channel would hand them in."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from doorstep.cli.stream.lines import Fields, inner, needed, text, time_of
from doorstep.cli.stream.rows import mailbox_in
from doorstep.customers import handle_of, mailbox_of, number_of, region_of_number
from doorstep.kernel import Address, AddressKind, Signal

_NUMBER = re.compile(r"(?:(?:tel|sip):)?[+(]?[\d\s()./+-]{5,30}")
_NETWORKED = re.compile(r"^@|\.(?:social|bsky\.social|network)$")


def signal_of(data: Fields, inbox_id: UUID, ours: str) -> Signal:
    """A signal; `ours`: the address it came to, whose country its numbers are of. Raises `Invalid`."""
    attested = {
        str(key): str(value) for key, value in inner(data, "attested").items() if value not in (None, "")
    }
    references = inner(data, "references")
    order, answered = text(references, "order_no"), text(references, "in_reply_to")
    external_id = needed(data, "external_id")
    return Signal(
        inbox_id=inbox_id,
        channel=text(data, "channel") or "unknown",
        external_id=external_id,
        sender=_sender(inner(data, "from"), attested, external_id, ours),
        happened_at=time_of(data, "happened_at") or datetime.now(UTC),
        reply_to=_reply_to(inner(data, "from")),
        subject=text(data, "subject", 1000),
        text=text(data, "text", 100_000),
        message_id=external_id,
        references=(answered,) if answered else (),
        orders=(order,) if order else (),
        attested=attested,
    )


def _reply_to(said: dict[str, Any]) -> tuple[Address, ...]:
    """The mailbox that somebody names beside the address they come by."""
    mailbox = mailbox_in(said)
    return (Address(AddressKind.MAILBOX, mailbox),) if mailbox else ()


def _sender(said: dict[str, Any], attested: dict[str, str], external_id: str, ours: str) -> Address:
    written, name = text(said, "address"), text(said, "name", 200)
    kind, value = _address(written, attested, ours)
    # What names nobody, such as a till, is never the same twice.
    return Address(kind, value, name) if value else Address(AddressKind.VISITOR, f"once:{external_id}", name)


def _address(written: str, attested: dict[str, str], ours: str) -> tuple[AddressKind, str]:
    network = attested.get("network", "")
    if (network and not mailbox_of(written)) or _NETWORKED.search(written):
        return AddressKind.HANDLE, handle_of(written, network)
    if mailbox := mailbox_of(written):
        return (
            (AddressKind.HANDLE, handle_of(written, network)) if network else (AddressKind.MAILBOX, mailbox)
        )
    if _NUMBER.fullmatch(written):
        return AddressKind.NUMBER, _number(written, attested, ours)
    return AddressKind.VISITOR, ""


def _number(written: str, attested: dict[str, str], ours: str) -> str:
    digits = "".join(filter(str.isdigit, written))
    account = "".join(filter(str.isdigit, attested.get("wa_id", "")))
    if account and account[-8:] == digits[-8:]:
        written = f"+{account}"
    return number_of(written) or digits


def _region(ours: str) -> str:
    """The country of an address of ours: of a number, or by the end of a mailbox."""
    if number := number_of(ours):
        return region_of_number(number)
    end = ours.rpartition(".")[2].upper()
    return end if len(end) == 2 and "@" in ours else ""
