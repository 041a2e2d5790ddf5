"""Vouched: what a channel's own mechanism says of a sender. Pure.

Mail: DMARC (RFC 7489) where it has a verdict, else DKIM (RFC 6376) and SPF (RFC 7208). Calls: the attestation
of STIR (RFC 8588): A, the caller has a right to the number; B and C say less.
"""

from collections.abc import Mapping

from doorstep.kernel import Address, AddressKind

ATTESTED, UNVERIFIED, FAILED = "attested", "unverified", "failed"
_FAILS = ("fail", "permerror")


def vouched(address: Address, attested: Mapping[str, str]) -> str:
    """`attested`, `unverified` or `failed`."""
    if address.kind == AddressKind.MAILBOX:
        return _mail(address.value, attested)
    if address.kind == AddressKind.NUMBER:
        is_own = "".join(c for c in attested.get("wa_id", "") if c.isdigit()) == address.value.lstrip("+")
        return ATTESTED if is_own or _said(attested, "stir").startswith("a") else UNVERIFIED
    if address.kind == AddressKind.HANDLE:
        return ATTESTED if attested.get("network") else UNVERIFIED
    return UNVERIFIED


def believed(address: Address, attested: Mapping[str, str]) -> Address:
    """The address as it may be believed: one whose owner's signature fails is only claimed."""
    if vouched(address, attested) != FAILED:
        return address
    return Address(AddressKind.CLAIMED, address.value, address.name)


def _mail(mailbox: str, attested: Mapping[str, str]) -> str:
    dmarc, dkim, spf = (_said(attested, name) for name in ("dmarc", "dkim", "spf"))
    if dmarc.startswith("pass"):
        return ATTESTED
    if dmarc.startswith("fail") or (dkim.startswith(_FAILS) and _is_aligned(dkim, mailbox)):
        return FAILED
    if any(said.startswith("pass") and _is_aligned(said, mailbox) for said in (dkim, spf)):
        return ATTESTED
    return FAILED if spf.startswith("fail") and not dmarc else UNVERIFIED


def _said(attested: Mapping[str, str], name: str) -> str:
    return attested.get(name, "").strip().lower()


def _is_aligned(said: str, mailbox: str) -> bool:
    """Whether it is about the sender's own domain, or one above it; what names none is."""
    _, marked, domain = said.partition("d=")
    own = mailbox.rpartition("@")[2]
    return not marked or own == domain.strip() or own.endswith(f".{domain.strip()}")
