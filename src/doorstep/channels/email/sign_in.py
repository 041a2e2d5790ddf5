"""How we say who we are to mail servers: by a password, or by a token that somebody consented to."""

import base64
from collections.abc import Awaitable, Callable

import aiosmtplib

from doorstep.channels.email.beside import Beside
from doorstep.channels.email.imap import Connection
from doorstep.channels.email.oauth import Bearer
from doorstep.channels.email.servers import mailbox_password, mailbox_user
from doorstep.channels.email.watch import SignIn
from doorstep.kernel import ConsentNeeded


def sign_in(bearer: Bearer) -> SignIn:
    """What a new connection to a mailbox does first."""
    settings = bearer.settings
    user = mailbox_user(settings, bearer.inbox)

    async def by_password(beside: Beside, connection: Connection) -> None:
        await beside.do(connection.sign_in, user, mailbox_password(settings))

    async def by_token(beside: Beside, connection: Connection) -> None:
        await _by_token(bearer, lambda token: beside.do(connection.sign_in_by_token, user, token))

    return by_token if settings.sign_in == "consent" else by_password


async def sign_in_to_send(client: aiosmtplib.SMTP, bearer: Bearer) -> None:
    """What a new connection to an outgoing server does first, where no password was set for it."""
    user = bearer.settings.username or bearer.inbox.address

    async def shown(token: str) -> None:
        try:
            await _show(client, user, token)
        except aiosmtplib.SMTPAuthenticationError as error:
            if error.code < 500:
                raise
            words = f"{client.hostname} does not take our consent: {error.code} {error.message}"
            raise ConsentNeeded(words[:300]) from error

    await _by_token(bearer, shown)


async def _by_token(bearer: Bearer, show: Callable[[str], Awaitable[None]]) -> None:
    """A server may refuse a token before its time: one that is new decides."""
    token = await bearer.token()
    try:
        await show(token)
    except ConsentNeeded:
        renewed = await bearer.token(not_this=token)
        await show(renewed)


async def _show(client: aiosmtplib.SMTP, user: str, token: str) -> None:
    """By XOAUTH2, else by OAUTHBEARER (RFC 7628)."""
    if client.is_ehlo_or_helo_needed:
        await client.ehlo()
    if "oauthbearer" not in client.server_auth_methods or "xoauth2" in client.server_auth_methods:
        await client.auth_xoauth2(user, token)
        return
    where = f"host={client.hostname}\1port={client.port}"
    said = base64.b64encode(f"n,a={user},\1{where}\1auth=Bearer {token}\1\1".encode())
    answer = await client.execute_command(b"AUTH", b"OAUTHBEARER", said)
    if answer.code == aiosmtplib.SMTPStatus.auth_continue:
        answer = await client.execute_command(b"AQ==")
    if answer.code != aiosmtplib.SMTPStatus.auth_successful:
        raise aiosmtplib.SMTPAuthenticationError(answer.code, answer.message)
