"""Consent by OAuth 2: a strict provider, a real Dovecot that asks it, and a server to send by."""

import asyncio
import base64
import smtplib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
import structlog
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from doorstep.channels.email.channel import Email
from doorstep.channels.email.oauth import Tokens, access_token, challenge
from doorstep.channels.email.settings import EmailSettings
from doorstep.kernel import (
    ConsentNeeded,
    ConsentState,
    Delivery,
    Inbox,
    Invalid,
    Misconfigured,
    SystemClock,
    Unreachable,
    new_id,
)
from doorstep.testing import MemoryEdge, TurnableClock
from tests.channels.email.test_send import a_reply
from tests.channels.email.test_watch import a_mail, ended, subjects, watched
from tests.parts import until
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.identity import SECRET, Identity, identity
from tests.servers.ports import free_port

BACK = "https://desk.example/api/connect/return"
ADDRESS = "support@shop.test"


@pytest.fixture
def provider() -> Iterator[Identity]:
    with identity() as started:
        yield started


@pytest.fixture(params=["xoauth2", "oauthbearer"])
async def server(
    request: pytest.FixtureRequest, provider: Identity, tmp_path: Path
) -> AsyncIterator[Dovecot]:
    """A Dovecot that asks the provider, and knows one mechanism only."""
    url = f"{provider.address}/introspect"
    async with dovecot(tmp_path, introspection=url, mechanisms=request.param) as started:
        yield started


def an_inbox(provider: Identity, **settings: Any) -> Inbox:
    chosen = provider.settings(timeout=10, **settings)
    return Inbox(new_id(), "email", "Shop", ADDRESS, msgspec.json.encode(chosen))


def of_mailbox(server: Dovecot) -> dict[str, Any]:
    return {"imap_host": server.host, "imap_port": server.port, "imap_security": "none"}


def settings_of(inbox: Inbox) -> EmailSettings:
    return msgspec.json.decode(inbox.settings, type=EmailSettings)


async def consented(channel: Email, inbox: Inbox) -> bytes:
    """Somebody is asked and says yes; what comes of it."""
    request = channel.ask(inbox, BACK, "state")
    async with httpx.AsyncClient() as browser:
        sent_back = (await browser.get(request.url)).headers["Location"]
    assert sent_back.startswith(BACK)
    answer = {key: values[0] for key, values in parse_qs(urlsplit(sent_back).query).items()}
    assert answer.pop("state") == "state"
    return await channel.connect(inbox, request.kept, BACK, answer)


async def an_edge(inbox: Inbox, channel: Email | None = None) -> MemoryEdge:
    edge = MemoryEdge(inbox)
    edge.secrets[inbox.id] = await consented(channel or Email(), inbox)
    return edge


async def token_of(edge: MemoryEdge, inbox: Inbox, clock: TurnableClock | SystemClock, but: str = "") -> str:
    return await access_token(edge, inbox, settings_of(inbox), clock, but)


async def test_a_mailbox_is_watched_by_consent(provider: Identity, server: Dovecot) -> None:
    inbox = an_inbox(provider, **of_mailbox(server))
    edge = await an_edge(inbox)
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)
        await lay(server, a_mail("a"))
        await until(lambda: subjects(edge) == ["a"])


async def lay(server: Dovecot, mail: bytes) -> None:
    """Mail comes to the mailbox, by LMTP."""

    def deliver() -> None:
        with smtplib.LMTP(server.host, server.lmtp_port) as client:
            assert client.sendmail("ada@example.test", [ADDRESS], mail) == {}

    await asyncio.to_thread(deliver)


async def test_a_token_refused_before_its_time_is_renewed_once(provider: Identity, server: Dovecot) -> None:
    inbox = an_inbox(provider, **of_mailbox(server))
    edge = await an_edge(inbox)
    provider.end_access()
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)
    assert provider.renewed == 1


async def test_consent_withdrawn_is_said_and_nobody_is_asked_again(
    provider: Identity, server: Dovecot
) -> None:
    channel, inbox = Email(), an_inbox(provider, **of_mailbox(server))
    edge = await an_edge(inbox)
    assert channel.consent(inbox, edge.secrets[inbox.id]) is ConsentState.GIVEN
    provider.withdraw()
    with pytest.raises(ConsentNeeded, match="connect again"):
        await channel.poll(inbox, edge)
    assert channel.consent(inbox, edge.secrets[inbox.id]) is ConsentState.WITHDRAWN
    asked = len(provider.forms)
    delivery = await channel.send(a_reply(inbox), edge)
    assert (delivery.ok, delivery.retry) == (False, True)
    with pytest.raises(ConsentNeeded):
        await channel.poll(inbox, edge)
    assert len(provider.forms) == asked
    edge.secrets[inbox.id] = await consented(channel, inbox)
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)


async def test_a_provider_that_is_down_ends_no_consent(provider: Identity, server: Dovecot) -> None:
    inbox = an_inbox(provider, **of_mailbox(server))
    edge = await an_edge(inbox)
    provider.is_down = True
    with pytest.raises(Unreachable):
        await Email().poll(inbox, edge)
    provider.is_down = False
    async with watched(inbox, edge):
        await until(lambda: edge.times_reached)


async def test_many_at_once_renew_once(provider: Identity) -> None:
    clock = TurnableClock()
    inbox = an_inbox(provider)
    edge = await an_edge(inbox, Email(clock))
    first = await token_of(edge, inbox, clock)
    assert provider.renewed == 0
    clock.turn(timedelta(minutes=59))
    renewed = await asyncio.gather(*(token_of(edge, inbox, clock) for _ in range(10)))
    assert (len(set(renewed)), provider.renewed) == (1, 1)
    assert renewed[0] != first
    refused = await asyncio.gather(*(token_of(edge, inbox, clock, renewed[0]) for _ in range(10)))
    assert (len(set(refused)), provider.renewed) == (1, 2)


async def test_a_wrong_client_is_no_withdrawal(provider: Identity) -> None:
    clock, inbox = TurnableClock(), an_inbox(provider)
    edge = await an_edge(inbox, Email(clock))
    clock.turn(timedelta(hours=2))
    wrong = msgspec.structs.replace(settings_of(inbox), client_secret="run out")
    with pytest.raises(Misconfigured, match="client id or secret"):
        await access_token(edge, inbox, wrong, clock)
    assert await token_of(edge, inbox, clock)


async def test_who_says_no_is_believed(provider: Identity) -> None:
    provider.denies = True
    with pytest.raises(Invalid, match="Consent was not given: No, thank you"):
        await consented(Email(), an_inbox(provider))


async def test_a_code_is_good_once_and_for_who_asked(provider: Identity) -> None:
    channel, inbox = Email(), an_inbox(provider)
    request = channel.ask(inbox, BACK, "state")
    async with httpx.AsyncClient() as browser:
        sent_back = (await browser.get(request.url)).headers["Location"]
    answer = {"code": parse_qs(urlsplit(sent_back).query)["code"][0]}
    with pytest.raises(Invalid, match="did not take the code: invalid_grant"):
        await channel.connect(inbox, "another's verifier", BACK, answer)
    with pytest.raises(Invalid, match="no code"):
        await channel.connect(inbox, request.kept, BACK, {})


async def test_nothing_secret_is_logged(provider: Identity) -> None:
    with structlog.testing.capture_logs() as logged:
        inbox = an_inbox(provider)
        edge = await an_edge(inbox)
        tokens = msgspec.json.decode(edge.secrets[inbox.id], type=Tokens)
        provider.withdraw()
        with pytest.raises(ConsentNeeded) as raised:
            await token_of(edge, inbox, SystemClock(), tokens.access)
    words = f"{logged}{raised.value}{raised.value.__cause__}"
    assert logged
    assert not [secret for secret in (SECRET, tokens.access, tokens.refresh) if secret in words]


def test_what_is_asked_of_the_large_ones() -> None:
    def asked(provider: str, **more: str) -> tuple[str, dict[str, list[str]]]:
        settings = {"sign_in": "consent", "provider": provider, "client_id": "id", **more}
        inbox = Inbox(new_id(), "email", "Shop", ADDRESS, msgspec.json.encode(settings))
        assert Email().is_polled(inbox)
        where = urlsplit(Email().ask(inbox, BACK, "s").url)
        return f"{where.netloc}{where.path}", parse_qs(where.query)

    where, query = asked("google")
    assert where == "accounts.google.com/o/oauth2/v2/auth"
    assert (query["scope"], query["access_type"]) == (["https://mail.google.com/"], ["offline"])
    where, query = asked("microsoft", tenant="shop.example")
    assert where == "login.microsoftonline.com/shop.example/oauth2/v2.0/authorize"
    assert "https://outlook.office.com/SMTP.Send" in query["scope"][0].split()


def test_the_challenge_is_the_one_of_the_standard() -> None:
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == (
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


@pytest.mark.parametrize("missing", ["client_id", "authorize_url"])
def test_what_is_not_set_is_said(provider: Identity, missing: str) -> None:
    with pytest.raises(Misconfigured):
        Email().ask(an_inbox(provider, **{missing: ""}), BACK, "s")


class Outgoing:
    """Takes mail from whom the provider knows, by one mechanism."""

    def __init__(self, provider: Identity) -> None:
        self.provider, self.taken, self.tried = provider, 0, 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken += 1
        return "250 2.0.0 ok"

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:
        return await self._authenticated(server, words[1])

    async def auth_OAUTHBEARER(self, server: SMTP, words: list[str]) -> AuthResult:
        return await self._authenticated(server, words[1])

    async def _authenticated(self, server: SMTP, said: str) -> AuthResult:
        self.tried += 1
        fields = base64.b64decode(said).decode().split("\1")
        bearer = next(field for field in fields if field.startswith("auth=Bearer "))
        if self.provider.person_of(bearer.removeprefix("auth=Bearer ")) == ADDRESS:
            return AuthResult(success=True)
        await server.challenge_auth(b'{"status":"401"}', log_client_response=True)
        return AuthResult(success=False, handled=False)


@asynccontextmanager
async def sending_server(provider: Identity, mechanism: str) -> AsyncIterator[tuple[Outgoing, int]]:
    taker, loop, port = Outgoing(provider), asyncio.get_running_loop(), free_port()
    other = {"XOAUTH2": "OAUTHBEARER", "OAUTHBEARER": "XOAUTH2"}[mechanism]

    def connection() -> SMTP:
        return SMTP(
            taker,
            auth_required=True,
            auth_require_tls=False,
            auth_exclude_mechanism=["LOGIN", "PLAIN", other],
            loop=loop,
            hostname="sink",
        )

    server = await loop.create_server(connection, "127.0.0.1", port)
    try:
        yield taker, port
    finally:
        server.close()


async def sent(inbox: Inbox, edge: MemoryEdge) -> Delivery:
    return await Email().send(a_reply(inbox), edge)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
async def test_replies_leave_by_consent(provider: Identity, mechanism: str) -> None:
    async with sending_server(provider, mechanism) as (taker, port):
        inbox = an_inbox(provider, host="127.0.0.1", port=port, security="none")
        edge = await an_edge(inbox)
        assert (await sent(inbox, edge)).ok
        provider.end_access()
        assert (await sent(inbox, edge)).ok
        assert (taker.taken, taker.tried, provider.renewed) == (2, 3, 1)
        provider.withdraw()
        gone = await sent(inbox, edge)
        assert (gone.ok, gone.retry) == (False, True)
        assert "connect again" in gone.detail
        assert not (await sent(inbox, edge)).ok
        assert taker.tried == 4


async def test_an_inbox_nobody_consented_to_is_not_asked_for(provider: Identity) -> None:
    inbox = an_inbox(provider, imap_host="127.0.0.1", imap_port=free_port(), imap_security="none")
    assert Email().consent(inbox, b"") is ConsentState.MISSING
    listening = await asyncio.start_server(_greet, "127.0.0.1", settings_of(inbox).imap_port)
    polling = asyncio.create_task(Email().poll(inbox, MemoryEdge(inbox)))
    with pytest.raises(ConsentNeeded, match="Nobody has given consent yet"):
        await polling
    await ended(polling)
    listening.close()
    assert provider.forms == []


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"* OK IMAP4rev1 ready\r\n")
    tag = (await reader.readline()).split()[0]
    writer.write(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
    await reader.read()
    writer.close()
