"""An administrator connects a mailbox: asked elsewhere, back on the desk; mail comes in, consent goes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
import pytest

from tests.channels.email.test_oauth import lay
from tests.channels.email.test_watch import a_mail
from tests.kills.process import Serve, serving, signed_in
from tests.parts import until
from tests.servers.dovecot import Dovecot, dovecot
from tests.servers.identity import SECRET, Identity, identity

ADDRESS = "support@shop.test"


@pytest.fixture
def provider() -> Iterator[Identity]:
    with identity() as started:
        yield started


@asynccontextmanager
async def a_desk(folder: Path, url: str) -> AsyncIterator[tuple[Serve, httpx.AsyncClient]]:
    async with serving(folder, database_url=url) as node, signed_in(node) as client:
        yield node, client


async def add_inbox(client: httpx.AsyncClient, provider: Identity, server: Dovecot) -> str:
    mailbox = {"imap_host": server.host, "imap_port": server.port, "imap_security": "none"}
    new = {
        "channel": "email",
        "name": "Support",
        "address": ADDRESS,
        "settings": {**provider.settings(), **mailbox},
    }
    answer = await client.post("/api/inboxes", json=new)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def inbox_of(client: httpx.AsyncClient, inbox_id: str) -> dict[str, Any]:
    answer = await client.get("/api/inboxes")
    assert SECRET not in answer.text
    return next(inbox for inbox in answer.json() if inbox["id"] == inbox_id)


async def asked(client: httpx.AsyncClient, inbox_id: str) -> str:
    """Where the browser is sent back to."""
    answer = await client.post(f"/api/inboxes/{inbox_id}/connect")
    assert answer.status_code == 200, answer.text
    async with httpx.AsyncClient() as browser:
        return (await browser.get(answer.json()["url"])).headers["Location"]


async def back_on_the_desk(client: httpx.AsyncClient, sent_back: str) -> dict[str, list[str]]:
    answer = await client.get(sent_back)
    assert answer.status_code == 303, answer.text
    where = urlsplit(answer.headers["Location"])
    assert where.path == "/settings/inboxes"
    return parse_qs(where.query)


async def test_a_mailbox_is_connected_by_consent(
    tmp_path: Path, database_url: str, provider: Identity
) -> None:
    url = f"{provider.address}/introspect"
    async with (
        dovecot(tmp_path, introspection=url) as server,
        a_desk(tmp_path, database_url) as (node, client),
    ):
        inbox_id = await add_inbox(client, provider, server)
        await until(lambda: is_waiting(client, inbox_id, "missing"), 20)
        back = await back_on_the_desk(client, await asked(client, inbox_id))
        assert back == {"connected": [inbox_id]}
        await until(lambda: is_connected(client, inbox_id), 20)
        await lay(server, a_mail("a"))
        on = await asyncpg.connect(database_url)
        await until(lambda: on.fetchval("select count(*) = 1 from interaction"), 20)
        provider.withdraw()
        await on.execute(
            "update inbox_secret set value = convert_to("
            "(convert_from(value, 'UTF8')::jsonb - 'until')::text, 'UTF8')"
        )
        await on.close()
        await client.patch(f"/api/inboxes/{inbox_id}", json={"sender_name": "Shop"})
        await until(lambda: is_waiting(client, inbox_id, "withdrawn"), 20)
        said = node.said(100_000)
        assert provider.secrets()
        assert not [secret for secret in provider.secrets() if secret in said]


async def is_waiting(client: httpx.AsyncClient, inbox_id: str, consent: str) -> bool:
    inbox = await inbox_of(client, inbox_id)
    contact = inbox["contact"]
    return contact is not None and contact["needs_consent"] and inbox["consent"] == consent


async def is_connected(client: httpx.AsyncClient, inbox_id: str) -> bool:
    inbox = await inbox_of(client, inbox_id)
    return inbox["contact"]["is_connected"] and inbox["consent"] == "given"


async def test_an_answer_is_taken_once_and_from_who_was_asked(
    tmp_path: Path, database_url: str, provider: Identity
) -> None:
    async with dovecot(tmp_path) as server, a_desk(tmp_path, database_url) as (node, client):
        inbox_id = await add_inbox(client, provider, server)
        sent_back = await asked(client, inbox_id)
        async with signed_in(node) as another:
            assert (await another.get(sent_back)).status_code == 400
        async with httpx.AsyncClient() as stranger:
            assert (await stranger.get(sent_back)).status_code == 401
        assert "connected" in await back_on_the_desk(client, sent_back)
        assert (await client.get(sent_back)).status_code == 400
        provider.denies = True
        back = await back_on_the_desk(client, await asked(client, inbox_id))
        assert back == {"failed": [inbox_id], "why": ["Consent was not given: No, thank you"]}
        [door_only] = [
            inbox for inbox in (await client.get("/api/inboxes")).json() if inbox["id"] != inbox_id
        ]
        refused = await client.post(f"/api/inboxes/{door_only['id']}/connect")
        assert refused.status_code == 400
        assert "no consent is needed" in refused.json()["detail"]
