"""An identity provider on loopback: consent, codes with PKCE, tokens that end, rotation, introspection.

It is strict: a code is good once, a refresh token too; one that comes again ends the whole consent (RFC 9700
§4.14.2).
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.servers.ports import free_port

CLIENT, SECRET = "doorstep", "a client's secret"


class Consent:
    """What one person consented to, and what was given out for it."""

    def __init__(self, person: str, challenge: str, back: str) -> None:
        self.person, self.challenge, self.back = person, challenge, back
        self.refresh = ""
        self.access: set[str] = set()
        self.is_withdrawn = False


class Identity:
    """`denies`: whoever is asked says no. `is_down`: 503 to everything. `renewed`: how often a token was."""

    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.denies = self.is_down = False
        self.lives = 3600
        self.renewed = 0
        self.forms: list[dict[str, str]] = []
        self._alone = threading.Lock()
        self._codes: dict[str, Consent] = {}
        self._refresh: dict[str, Consent] = {}
        self._consents: list[Consent] = []

    def settings(self, **more: Any) -> dict[str, Any]:
        """What an inbox is set to, to use it."""
        return {
            "sign_in": "consent",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "authorize_url": f"{self.address}/authorize?from=here",
            "token_url": f"{self.address}/token",
            "scopes": "mail offline",
            **more,
        }

    def withdraw(self) -> None:
        """Everybody thinks better of it."""
        for consent in self._consents:
            consent.is_withdrawn = True

    def end_access(self) -> None:
        """Access tokens end before their time; refresh tokens do not."""
        for consent in self._consents:
            consent.access.clear()

    def secrets(self) -> set[str]:
        """All that nobody may read anywhere: tokens, and the client's secret."""
        return {SECRET, *self._refresh, *(access for c in self._consents for access in c.access)}

    def person_of(self, access: str) -> str:
        """Whose token it is, while it is good."""
        found = [c for c in self._consents if access in c.access and not c.is_withdrawn]
        return found[0].person if found else ""

    def asked(self, query: dict[str, str]) -> str:
        """Where the person is sent back to."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        if self.denies:
            answer = {"error": "access_denied", "error_description": "No, thank you"}
        else:
            code = secrets.token_urlsafe(16)
            self._codes[code] = Consent(query["login_hint"], query["code_challenge"], query["redirect_uri"])
            answer = {"code": code}
        return f"{query['redirect_uri']}?{urlencode({**answer, 'state': query['state']})}"

    def tokens(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The token endpoint's answer."""
        with self._alone:
            self.forms.append(form)
            if form.get("client_secret") != SECRET or form["client_id"] != CLIENT:
                return 401, {"error": "invalid_client"}
            code = form["grant_type"] == "authorization_code"
            return self._by_code(form) if code else self._by_refresh(form)

    def _by_code(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        consent = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        is_proved = consent and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == consent.challenge
        if not consent or not is_proved or form["redirect_uri"] != consent.back:
            return 400, {"error": "invalid_grant", "error_description": "Bad code"}
        self._consents.append(consent)
        return self._given(consent)

    def _by_refresh(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        consent = self._refresh.get(form["refresh_token"])
        if consent is None or consent.is_withdrawn:
            return 400, {"error": "invalid_grant", "error_description": "Token has been revoked."}
        if consent.refresh != form["refresh_token"]:
            consent.is_withdrawn = True
            return 400, {"error": "invalid_grant", "error_description": "Token was used already."}
        self.renewed += 1
        return self._given(consent)

    def _given(self, consent: Consent) -> tuple[int, dict[str, Any]]:
        consent.refresh, access = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        self._refresh[consent.refresh] = consent
        consent.access.add(access)
        given = {"access_token": access, "refresh_token": consent.refresh, "expires_in": self.lives}
        return 200, {"token_type": "Bearer", **given}


class _Handler(BaseHTTPRequestHandler):
    @property
    def identity(self) -> Identity:
        return cast("_Server", self.server).identity

    def do_GET(self) -> None:
        where = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(where.query).items()}
        self.send_response(302)
        self.send_header("Location", self.identity.asked(query))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: values[0] for key, values in parse_qs(body).items()}
        status, said = 503, {"error": "temporarily_unavailable"}
        if not self.identity.is_down:
            status, said = self.identity.tokens(form) if self.path == "/token" else self._introspected(form)
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _introspected(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        person = self.identity.person_of(form["token"])
        return 200, {"active": True, "username": person} if person else {"active": False}

    def log_message(self, format: str, *arguments: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    identity: Identity


@contextmanager
def identity() -> Iterator[Identity]:
    """A provider, for the length of the block."""
    provider = Identity()
    server = _Server(("127.0.0.1", provider.port), _Handler)
    server.identity = provider
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
