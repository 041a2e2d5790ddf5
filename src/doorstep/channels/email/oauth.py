"""Consent by OAuth 2: the question (RFC 6749 §4.1, with PKCE, RFC 7636), its answer, and tokens renewed.

No token, code or secret is ever logged or part of an error: only what the provider calls the error.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec
import structlog

from doorstep.channels.email.charsets import line
from doorstep.channels.email.providers import Endpoints, endpoints
from doorstep.channels.email.settings import EmailSettings
from doorstep.kernel import (
    Clock,
    ConsentNeeded,
    ConsentRequest,
    ConsentState,
    Edge,
    Inbox,
    Invalid,
    Misconfigured,
    Unreachable,
)

log = structlog.get_logger("doorstep.email")

EARLY = timedelta(minutes=2)
"""How long before its end an access token is renewed."""
SHORTEST = 60
LONGEST = 30 * 86400
"""Seconds that an access token lives at least and at most, whatever is said."""
WITHDRAWN = {"invalid_grant", "access_denied", "consent_required", "interaction_required"}
"""Errors of a token endpoint that only a new consent mends (RFC 6749 §5.2)."""
UNKNOWN = {"invalid_client", "unauthorized_client"}
"""Errors that only another client id or secret mends; a provider's secrets may run out."""


class Tokens(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of a consent. `withdrawn`: why it holds no more."""

    refresh: str = ""
    access: str = ""
    until: datetime | None = None
    withdrawn: str = ""


class Rejected(Exception):
    """The provider answered with an error; `code` as RFC 6749 §5.2 names it."""

    def __init__(self, code: str, words: str) -> None:
        self.code, self.words = code, words
        super().__init__(f"{code} {words}".strip())


def ask(inbox: Inbox, settings: EmailSettings, back: str, state: str) -> ConsentRequest:
    """The address to send a person to, and the verifier that the answer needs."""
    where, verifier = endpoints(settings), secrets.token_urlsafe(48)
    asked = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": back,
        "scope": where.scopes,
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        "login_hint": inbox.address,
        **where.more,
    }
    joint = "&" if urlsplit(where.authorize).query else "?"
    return ConsentRequest(f"{where.authorize}{joint}{urlencode(asked)}", verifier)


def challenge(verifier: str) -> str:
    """S256 of RFC 7636 §4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


async def connect(
    settings: EmailSettings, verifier: str, back: str, answer: Mapping[str, str], clock: Clock
) -> Tokens:
    """Exchange the code that came back. Raises `Invalid` with what was said instead, `Unreachable`."""
    if no := answer.get("error"):
        said = line(answer.get("error_description", "") or no, 300)
        raise Invalid(f"Consent was not given: {said}")
    if not (code := answer.get("code")):
        raise Invalid("The answer has no code. Begin again.")
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    try:
        tokens = await _asked(settings, asked, clock)
    except Rejected as error:
        raise Invalid(f"The provider did not take the code: {error}. Begin again.") from error
    if not tokens.refresh:
        raise Invalid(
            "The provider gave no refresh token, so the inbox would be connected for an hour only. "
            "Allow offline access for this client, then connect again."
        )
    return tokens


class Bearer(msgspec.Struct, frozen=True):
    """What an inbox's access tokens come from."""

    edge: Edge
    inbox: Inbox
    settings: EmailSettings
    clock: Clock

    async def token(self, not_this: str = "") -> str:
        """One that is good for some minutes; `not_this`: one that was just refused. Raises as below."""
        return await access_token(self.edge, self.inbox, self.settings, self.clock, not_this)


async def access_token(
    edge: Edge, inbox: Inbox, settings: EmailSettings, clock: Clock, not_this: str = ""
) -> str:
    """A token that is good for some minutes; renewed when it is not, or when it is the one just refused.

    Raises `ConsentNeeded` when there is no consent any more, `Unreachable` when the provider is.
    """
    tokens = decoded(await edge.secret(inbox.id))
    if not _is_good(tokens, clock, not_this):
        tokens = decoded(
            await edge.renew_secret(inbox.id, lambda known: _renewed(known, settings, clock, not_this))
        )
    if tokens.withdrawn:
        raise ConsentNeeded(f"Consent was withdrawn: connect again. ({tokens.withdrawn})")
    return tokens.access


def state_of(settings: EmailSettings, secret: bytes) -> ConsentState:
    """How it stands with the consent that an inbox needs."""
    tokens = decoded(secret)
    if settings.sign_in != "consent":
        return ConsentState.NOT_NEEDED
    if tokens.withdrawn:
        return ConsentState.WITHDRAWN
    return ConsentState.GIVEN if tokens.refresh else ConsentState.MISSING


def decoded(secret: bytes) -> Tokens:
    return msgspec.json.decode(secret, type=Tokens) if secret else Tokens()


def _is_good(tokens: Tokens, clock: Clock, not_this: str) -> bool:
    if tokens.withdrawn:
        return True
    fresh = tokens.until is not None and clock.now() < tokens.until - EARLY
    return fresh and bool(tokens.access) and tokens.access != not_this


async def _renewed(secret: bytes, settings: EmailSettings, clock: Clock, not_this: str) -> bytes:
    tokens = decoded(secret)
    if _is_good(tokens, clock, not_this):
        return secret
    if not tokens.refresh:
        raise ConsentNeeded("Nobody has given consent yet: connect this inbox.")
    try:
        asked = {"grant_type": "refresh_token", "refresh_token": tokens.refresh}
        renewed = await _asked(settings, asked, clock)
    except Rejected as error:
        if error.code in UNKNOWN:
            raise Misconfigured(f"The provider does not take our client id or secret: {error}") from error
        if error.code not in WITHDRAWN:
            raise Unreachable(f"The provider gives no token: {error}") from error
        log.warning("consent withdrawn", reason=error.code)
        return msgspec.json.encode(Tokens(withdrawn=str(error)))
    return msgspec.json.encode(msgspec.structs.replace(renewed, refresh=renewed.refresh or tokens.refresh))


async def _asked(settings: EmailSettings, asked: Mapping[str, str], clock: Clock) -> Tokens:
    """What a token endpoint gives. Raises `Rejected`, `Unreachable`."""
    where = endpoints(settings)
    form = {"client_id": settings.client_id, **asked}
    if settings.client_secret:
        form["client_secret"] = settings.client_secret
    said = await _posted(where, form, settings.timeout)
    if not isinstance(access := said.get("access_token"), str) or not access:
        raise Unreachable(f"{_host(where)} gave no access token.")
    until = clock.now() + timedelta(seconds=_lives(said.get("expires_in")))
    return Tokens(str(said.get("refresh_token") or ""), access, until)


def _lives(said: object) -> int:
    """For how many seconds: a number, which some providers write as a string; an hour when it is neither."""
    digits = str(said).partition(".")[0]
    return min(max(SHORTEST, int(digits)), LONGEST) if digits.isdecimal() and len(digits) < 10 else 3600


async def _posted(where: Endpoints, form: Mapping[str, str], seconds: float) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(timeout=seconds, follow_redirects=False) as client:
            answer = await client.post(where.token, data=form, headers={"Accept": "application/json"})
            said = msgspec.json.decode(answer.content, type=dict[str, Any])
    except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError) as error:
        raise Unreachable(f"{_host(where)} cannot be reached: {type(error).__name__}.") from error
    if answer.is_success:
        return said
    code = line(str(said.get("error", answer.status_code)), 100)
    raise Rejected(code, line(str(said.get("error_description", "")), 300))


def _host(where: Endpoints) -> str:
    return urlsplit(where.token).netloc
