"""A reply out, by SMTP. What the other side says becomes a `Delivery`."""

import ssl
from collections.abc import Mapping

import aiosmtplib
import structlog

from doorstep.channels.email.charsets import line
from doorstep.channels.email.format import bare, format
from doorstep.channels.email.oauth import Bearer
from doorstep.channels.email.servers import outgoing as outgoing_server
from doorstep.channels.email.settings import EmailSettings
from doorstep.channels.email.sign_in import sign_in_to_send
from doorstep.kernel import (
    Address,
    AddressKind,
    ConsentNeeded,
    Delivery,
    DoorstepError,
    Inbox,
    Outgoing,
    Unreachable,
)

log = structlog.get_logger("doorstep.email")


async def send(outgoing: Outgoing, files: Mapping[str, bytes], bearer: Bearer, name: str) -> Delivery:
    """Send it, under the thread name `name`. Never raises for what the server or the network does."""
    try:
        delivery = await _sent(outgoing, files, bearer, name)
    except (ConsentNeeded, Unreachable) as error:
        delivery = Delivery(ok=False, detail=error.detail, retry=True)
    except DoorstepError as error:
        delivery = Delivery(ok=False, detail=error.detail)
    except aiosmtplib.SMTPRecipientsRefused as error:
        delivery = _refused(error.recipients)
    except aiosmtplib.SMTPResponseException as error:
        delivery = _answered(error.code, error.message)
    except aiosmtplib.SMTPNotSupported as error:
        delivery = Delivery(ok=False, detail=f"The server cannot do this: {line(str(error), 300)}")
    except ssl.SSLCertVerificationError as error:
        delivery = Delivery(
            ok=False, detail=f"The server's certificate is not good: {error.verify_message}", retry=True
        )
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        delivery = Delivery(ok=False, detail=_unreached(bearer.settings, error), retry=True)
    log.info(
        "reply sent" if delivery.ok else "reply not sent", reply_id=str(outgoing.id), detail=delivery.detail
    )
    return delivery


async def _sent(outgoing: Outgoing, files: Mapping[str, bytes], bearer: Bearer, name: str) -> Delivery:
    settings = bearer.settings
    raw = format(outgoing, files, settings.sender_name)
    ours, *recipients = [
        bare(address) for address in (_own(outgoing.inbox), *outgoing.to, *outgoing.cc, *outgoing.bcc)
    ]
    async with _client(settings, outgoing.inbox.address) as client:
        if settings.sign_in == "consent":
            await sign_in_to_send(client, bearer)
        options = _options(client, raw, recipients)
        sender = "" if outgoing.is_automatic else ours
        refused, said = await client.sendmail(sender, recipients, raw, mail_options=options)
    return Delivery(ok=True, detail=line(said, 300), external_id=name, refused=_partly(refused))


def _own(inbox: Inbox) -> Address:
    """Bounces come back to the inbox itself."""
    return Address(AddressKind.MAILBOX, inbox.address)


def _client(settings: EmailSettings, address: str) -> aiosmtplib.SMTP:
    server, by_token = outgoing_server(settings), settings.sign_in == "consent"
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=None if by_token else settings.username or None,
        password=None if by_token else settings.password or None,
        local_hostname=address.rpartition("@")[2],
        timeout=settings.timeout,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        validate_certs=settings.verify,
    )


def _options(client: aiosmtplib.SMTP, raw: bytes, recipients: list[str]) -> list[str]:
    if raw.isascii() and all(recipient.isascii() for recipient in recipients):
        return []
    if not client.supports_extension("smtputf8"):
        raise aiosmtplib.SMTPNotSupported("an address has letters that it does not know (SMTPUTF8).")
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _answered(code: int, message: str) -> Delivery:
    """4yz: later perhaps; 5yz: never so (RFC 5321 §4.2.1)."""
    return Delivery(ok=False, detail=f"{code} {line(message, 300)}", retry=not 500 <= code < 600)


def _refused(recipients: list[aiosmtplib.SMTPRecipientRefused]) -> Delivery:
    details = "; ".join(f"{one.recipient}: {one.code} {line(one.message, 200)}" for one in recipients)
    return Delivery(ok=False, detail=details, retry=any(one.code < 500 for one in recipients))


def _partly(refused: Mapping[str, tuple[int, str]]) -> str:
    return "; ".join(f"Not taken for {who}: {code} {line(why, 200)}" for who, (code, why) in refused.items())


def _unreached(settings: EmailSettings, error: Exception) -> str:
    server = outgoing_server(settings)
    said = line(str(error), 300) or type(error).__name__
    return f"{server.host}:{server.port} cannot be reached: {said}"
