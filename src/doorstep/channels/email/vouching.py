"""Who vouches for a sender: our own receiving server, where it is named (RFC 8601); else the signatures
(DKIM, RFC 6376), and whether one is of the sender's own domain (DMARC, RFC 7489, found by the tree walk of
draft-ietf-dmarc-dmarcbis, which needs no list of public suffixes).

Nothing that a mail says of itself counts. Where it was sent from (SPF, RFC 7208) is known only where our own
door had it from the sender's server, or from a relay that is named and says from whom. Elsewhere a mail
without a good signature is not called forged for that alone.
"""

import re
from collections.abc import Iterator, Mapping

import dkim  # type: ignore[import-untyped]
import msgspec

from doorstep.channels.email.envelope import envelope_of
from doorstep.channels.email.headers import Headers, plain, read
from doorstep.channels.email.mailboxes import mailboxes
from doorstep.channels.email.relays import Networks
from doorstep.channels.email.resolver import NoAnswer, Resolver
from doorstep.channels.email.spf import checked

MOST_SIGNATURES = 5
MOST_LABELS = 8
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*(dkim|spf|dmarc)\s*=\s*([a-z]+)(.*)", re.I | re.S)
_DOMAIN = re.compile(r"header\.(?:d|i)\s*=\s*\"?@?([\w.-]+)", re.I)
_TAG = re.compile(rb"(?:^|;)\s*([a-z]+)\s*=\s*([^;]*)", re.I)
BROKEN = (dkim.DKIMException, ValueError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError)
"""What the library raises for signatures and keys that are none."""


class Witness(msgspec.Struct, frozen=True):
    """A domain that may vouch, by a signature or by where its mail comes from, and whether that holds."""

    domain: str
    result: str

    @property
    def words(self) -> str:
        """As `attested` has it."""
        return self.result if self.result == "none" else f"{self.result} d={self.domain}"


NOBODY = Witness("", "none")


def vouched(
    raw: bytes,
    authserv_id: str,
    resolver: Resolver,
    seen: Mapping[str, str] | None = None,
    relays: Networks = (),
) -> dict[str, str]:
    """`dkim`, `spf` and `dmarc`, each with its result; nothing where nobody says anything. Blocks.

    `seen`: what our own door saw, when it took this.
    """
    headers, _ = read(raw, 0, len(raw))
    if authserv_id and (said := _said_by(headers, authserv_id)):
        return said
    signed = list(_signatures(raw, headers, resolver))
    envelope = envelope_of(seen or {}, headers, relays)
    sent = Witness(envelope.domain, checked(envelope, resolver)) if envelope else NOBODY
    sender = _domain_of_sender(headers)
    try:
        verdict, aligned = _aligned(sender, signed, sent, resolver)
    except NoAnswer:
        verdict, aligned = "temperror", None
    best = aligned or next(iter(signed), NOBODY)
    if verdict == best.result == sent.result == "none":
        return {}
    return {"dkim": best.words, **({"spf": sent.words} if envelope else {}), "dmarc": verdict}


def _said_by(headers: Headers, authserv_id: str) -> dict[str, str]:
    """What our server wrote: on top of all others, or not at all."""
    words = headers.said("authentication-results")
    for _ in range(5):
        words = _COMMENT.sub(" ", words)
    name, *results = words.split(";")
    if name.lower().split()[:1] != [authserv_id.lower()]:
        return {}
    found: dict[str, str] = {}
    for result in results[:50]:
        if match := _RESULT.match(result):
            domain = _DOMAIN.search(match[3])
            where = f" d={domain[1].lower()}" if domain and match[1].lower() == "dkim" else ""
            method, verdict = match[1].lower(), f"{match[2].lower()}{where}"
            if method not in found or verdict.startswith("pass"):
                found[method] = verdict
    return found


def _domain_of_sender(headers: Headers) -> str:
    """The domain of the one address in the one From; empty where there are more, or none."""
    said = headers.each("from")
    senders = mailboxes(said[0]) if len(said) == 1 else ()
    return senders[0].value.rpartition("@")[2].lower() if len(senders) == 1 else ""


def _signatures(raw: bytes, headers: Headers, resolver: Resolver) -> Iterator[Witness]:
    def key(name: bytes, timeout: int = 5) -> bytes | None:
        return next(iter(resolver.texts(name.decode("ascii"))), None)

    for number, value in enumerate(headers.every("dkim-signature")[:MOST_SIGNATURES]):
        tags = {name.lower(): said.strip() for name, said in _TAG.findall(value)}
        domain = plain(tags.get(b"d", b"")).lower()
        if b"l" in tags:
            yield Witness(domain, "neutral")
            continue
        try:
            yield Witness(domain, "pass" if dkim.DKIM(raw).verify(number, dnsfunc=key) else "fail")
        except NoAnswer:
            yield Witness(domain, "temperror")
        except BROKEN:
            yield Witness(domain, "fail")


def _aligned(
    sender: str, signed: list[Witness], sent: Witness, resolver: Resolver
) -> tuple[str, Witness | None]:
    """The verdict, and the signature it rests on. Raises `NoAnswer`.

    Fail: the domain asks for care, and its own signature is broken, or it says that its mail does not come
    from there. Unknown: neither, so we cannot tell. What could not be asked blames nobody.
    """
    if not sender:
        return "none", None
    policy, organisation = _policy(sender, resolver)
    own = [one for one in signed if _is_of(one.domain, sender, organisation, policy.get(b"adkim") == b"s")]
    is_own = _is_of(sent.domain, sender, organisation, policy.get(b"aspf") == b"s")
    results = {one.result for one in own} | ({sent.result} if is_own else set())
    best = next((one for result in ("pass", "fail") for one in own if one.result == result), None)
    if "pass" in results:
        return ("pass" if policy else "none"), best
    if "temperror" in results or not policy:
        return ("temperror" if "temperror" in results else "none"), None
    is_strict = policy.get(b"p", b"none").lower() in (b"quarantine", b"reject")
    return ("fail" if "fail" in results and is_strict else "unknown"), best


def _is_of(domain: str, sender: str, organisation: str, is_strict: bool) -> bool:
    if domain == sender:
        return True
    if is_strict or not domain:
        return False
    return domain == organisation or domain.endswith(f".{organisation}")


def _policy(sender: str, resolver: Resolver) -> tuple[dict[bytes, bytes], str]:
    """What the sender's domain asks for, and its organisation's domain: the highest that says anything."""
    labels = sender.split(".")
    first: dict[bytes, bytes] = {}
    organisation = sender
    for at in range(max(0, len(labels) - MOST_LABELS), len(labels) - 1):
        domain = ".".join(labels[at:])
        texts = [text for text in resolver.texts(f"_dmarc.{domain}") if text.lower().startswith(b"v=dmarc1")]
        if len(texts) == 1:
            tags = {name.lower(): said.strip() for name, said in _TAG.findall(texts[0])}
            first = first or tags
            organisation = domain if tags.get(b"psd", b"n").lower() != b"y" else organisation
    return first, organisation
