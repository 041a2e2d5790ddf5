"""Whose consent is asked, and where (RFC 6749): Google, Microsoft, and any other by its settings."""

from msgspec import Struct

from doorstep.channels.email.settings import EmailSettings
from doorstep.kernel import Misconfigured


class Endpoints(Struct, frozen=True):
    """Where a provider is asked, and for what. `more`: parameters of its own in the question."""

    authorize: str
    token: str
    scopes: str
    more: dict[str, str] = {}


GOOGLE = Endpoints(
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com/token",
    "https://mail.google.com/",
    # Without both, Google gives no refresh token to somebody who consented before.
    {"access_type": "offline", "prompt": "consent"},
)
MICROSOFT = Endpoints(
    "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
)
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def endpoints(settings: EmailSettings) -> Endpoints:
    """Those of the inbox's provider. Raises `Misconfigured` for what is not set."""
    if not settings.client_id:
        raise Misconfigured("The client id that the provider gave you is not set.")
    if settings.provider == "google":
        return GOOGLE
    if settings.provider == "microsoft":
        tenant = settings.tenant
        return Endpoints(
            MICROSOFT.authorize.format(tenant=tenant), MICROSOFT.token.format(tenant=tenant), MICROSOFT.scopes
        )
    for url in (settings.authorize_url, settings.token_url):
        if not url.startswith(("https://", *LOCAL)):
            raise Misconfigured(
                "Set the provider's consent address and token address; they begin with https."
            )
    return Endpoints(settings.authorize_url, settings.token_url, settings.scopes)
