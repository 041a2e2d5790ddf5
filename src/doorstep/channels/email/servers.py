"""Which servers an inbox uses, and as whom: its settings, and what its provider is known to have."""

from msgspec import Struct

from doorstep.channels.email.settings import EmailSettings, Security
from doorstep.kernel import Inbox

UNSET = "localhost"
"""What the outgoing server is called where nobody has set it."""


class Server(Struct, frozen=True):
    """Where to connect, and how."""

    host: str
    port: int
    security: Security


class Provider(Struct, frozen=True):
    """One of the large mail providers: its servers, as its own pages name them."""

    incoming: Server
    outgoing: Server


PROVIDERS = {
    "google": Provider(Server("imap.gmail.com", 993, "tls"), Server("smtp.gmail.com", 465, "tls")),
    "microsoft": Provider(
        Server("outlook.office365.com", 993, "tls"), Server("smtp.office365.com", 587, "starttls")
    ),
}


def incoming(settings: EmailSettings) -> Server | None:
    """The IMAP server; none when mail comes in by our own door."""
    if settings.imap_host:
        return Server(settings.imap_host, settings.imap_port, settings.imap_security)
    known = _known(settings)
    return known.incoming if known else None


def outgoing(settings: EmailSettings) -> Server:
    """The SMTP server."""
    known = _known(settings) if settings.host == UNSET else None
    return known.outgoing if known else Server(settings.host, settings.port, settings.security)


def _known(settings: EmailSettings) -> Provider | None:
    return PROVIDERS.get(settings.provider) if settings.sign_in == "consent" else None


def mailbox_user(settings: EmailSettings, inbox: Inbox) -> str:
    """As whom the mailbox is opened."""
    return settings.imap_username or settings.username or inbox.address


def mailbox_password(settings: EmailSettings) -> str:
    return settings.imap_password or settings.password
