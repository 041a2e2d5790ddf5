"""What one inbox is set to, and what the door is."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from doorstep.channels.email.relays import PATTERN, networks

Port = Annotated[int, Meta(ge=0, le=65535)]
Security = Literal["starttls", "tls", "none"]

ENCRYPTION = {"words": {"starttls": "STARTTLS", "tls": "TLS", "none": "None"}}
SECRET = {"writeOnly": True, "format": "password"}
SENDING = {"group": "Sending"}
FETCHING = {"group": "Receiving"}
CONSENT = {"group": "Signing in"}
BY_PASSWORD = {"when": [{"sign_in": "password"}]}
BY_CONSENT = {"when": [{"sign_in": "consent"}]}
BY_ANOTHER = {"when": [{"sign_in": "consent", "provider": "other"}]}
A_MAILBOX = {"when": [{"imap_host": True}, {"sign_in": "consent"}]}
"""What the desk needs to lay the form out; see docs/channels/README.md."""


class EmailSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How replies of one inbox leave, and how its mail is fetched where our own door is not used."""

    sender_name: Annotated[
        str,
        Meta(
            title="Name on replies",
            description="What customers see before the address.",
            max_length=100,
            extra_json_schema=SENDING,
        ),
    ] = ""
    subject_tag: Annotated[
        bool,
        Meta(
            title="Tag in the subject",
            description="For customers whose programs drop what threads need.",
            extra_json_schema=SENDING,
        ),
    ] = False
    quote: Annotated[
        bool,
        Meta(
            title="Quote below",
            description="What is answered stands below each reply, as mail programs do.",
            extra_json_schema=SENDING,
        ),
    ] = True
    host: Annotated[
        str,
        Meta(
            title="Outgoing server",
            description="The SMTP server that takes our replies.",
            min_length=1,
            extra_json_schema=SENDING,
        ),
    ] = "localhost"
    port: Annotated[
        Port,
        Meta(
            title="Port",
            description="587 for STARTTLS, 465 for TLS, 25 for neither.",
            extra_json_schema=SENDING | {"beside": True},
        ),
    ] = 587
    security: Annotated[
        Security,
        Meta(
            title="Encryption",
            description="“none” only for a server on this machine.",
            extra_json_schema=SENDING | ENCRYPTION,
        ),
    ] = "starttls"
    verify: Annotated[
        bool,
        Meta(
            title="Check the certificate",
            description="Leave it on, unless you know the server.",
            extra_json_schema=SENDING,
        ),
    ] = True
    username: Annotated[
        str,
        Meta(
            title="User name", description="Empty when the server asks for none.", extra_json_schema=SENDING
        ),
    ] = ""
    password: Annotated[
        str,
        Meta(
            title="Password",
            description="Kept here, and never shown again.",
            extra_json_schema=SENDING | SECRET | BY_PASSWORD,
        ),
    ] = ""
    timeout: Annotated[
        float,
        Meta(
            title="Patience",
            description="Seconds to wait for the server.",
            gt=0,
            le=600,
            extra_json_schema=SENDING,
        ),
    ] = 30.0

    spam_header: Annotated[
        str,
        Meta(
            title="Spam header",
            description="Your mail server's verdict: auto (where only it can write), off, or a header.",
            pattern="^[A-Za-z][A-Za-z0-9-]*$",
            max_length=60,
            extra_json_schema=FETCHING,
        ),
    ] = "auto"

    imap_host: Annotated[
        str,
        Meta(
            title="Mailbox server",
            description="The IMAP server to fetch mail from. Empty: mail comes in by our own door.",
            extra_json_schema=FETCHING,
        ),
    ] = ""
    imap_port: Annotated[
        Port,
        Meta(
            title="Mailbox port",
            description="993 for TLS, 143 otherwise.",
            extra_json_schema=FETCHING | A_MAILBOX | {"beside": True},
        ),
    ] = 993
    imap_security: Annotated[
        Security,
        Meta(
            title="Mailbox encryption",
            description="“none” only for a server on this machine.",
            extra_json_schema=FETCHING | A_MAILBOX | ENCRYPTION,
        ),
    ] = "tls"
    imap_username: Annotated[
        str,
        Meta(
            title="Mailbox user name",
            description="Empty: that of the outgoing server, or the address.",
            extra_json_schema=FETCHING | A_MAILBOX,
        ),
    ] = ""
    imap_password: Annotated[
        str,
        Meta(
            title="Mailbox password",
            description="Empty: that of the outgoing server. Kept here, and never shown again.",
            extra_json_schema=FETCHING | SECRET | {"when": [{"imap_host": True, "sign_in": "password"}]},
        ),
    ] = ""
    authserv_id: Annotated[
        str,
        Meta(
            title="Our receiving server",
            description="The name it signs Authentication-Results with. Empty: nobody's are believed.",
            max_length=253,
            extra_json_schema=FETCHING,
        ),
    ] = ""
    relays: Annotated[
        str,
        Meta(
            title="Our relays",
            description="Addresses or networks of servers that hand mail on to us, with spaces between."
            " They say where it was sent from.",
            pattern=PATTERN,
            max_length=1000,
            extra_json_schema=FETCHING,
        ),
    ] = ""
    folder: Annotated[
        str,
        Meta(
            title="Folder",
            description="The folder that is watched.",
            min_length=1,
            max_length=200,
            extra_json_schema=FETCHING | A_MAILBOX,
        ),
    ] = "INBOX"
    begin_with: Annotated[
        Literal["all", "unread", "new"],
        Meta(
            title="Begin with",
            description="What to take of the mail that waits when we look first.",
            extra_json_schema=FETCHING
            | A_MAILBOX
            | {"words": {"all": "All mail", "unread": "Unread mail", "new": "New mail"}},
        ),
    ] = "unread"
    afterwards: Annotated[
        Literal["seen", "move", "nothing"],
        Meta(
            title="Afterwards",
            description="Mark a mail that we have as read, move it, or leave it.",
            extra_json_schema=FETCHING
            | A_MAILBOX
            | {"words": {"seen": "Mark as read", "move": "Move", "nothing": "Leave"}},
        ),
    ] = "seen"
    move_to: Annotated[
        str,
        Meta(
            title="Move to",
            description="The folder for what we have; it must exist.",
            max_length=200,
            extra_json_schema=FETCHING
            | {
                "when": [
                    {"imap_host": True, "afterwards": "move"},
                    {"sign_in": "consent", "afterwards": "move"},
                ]
            },
        ),
    ] = "Doorstep"
    largest: Annotated[
        int,
        Meta(
            title="Largest mail",
            description="Bytes. A larger one stays there, and the desk is told.",
            gt=0,
            extra_json_schema=FETCHING | A_MAILBOX,
        ),
    ] = 25 * 1024 * 1024
    sign_in: Annotated[
        Literal["password", "consent"],
        Meta(
            title="Sign in by",
            description="Google and Microsoft ask for consent in a browser (OAuth 2).",
            extra_json_schema=CONSENT | {"words": {"password": "Password", "consent": "Consent"}},
        ),
    ] = "password"
    provider: Annotated[
        Literal["google", "microsoft", "other"],
        Meta(
            title="Provider",
            description="Whose consent is asked; fills in servers that are not set.",
            extra_json_schema=CONSENT
            | BY_CONSENT
            | {"words": {"google": "Google", "microsoft": "Microsoft", "other": "Another"}},
        ),
    ] = "other"
    client_id: Annotated[
        str,
        Meta(
            title="Client id",
            description="What the provider calls your Doorstep.",
            max_length=500,
            extra_json_schema=CONSENT | BY_CONSENT,
        ),
    ] = ""
    client_secret: Annotated[
        str,
        Meta(
            title="Client secret",
            description="What proves it to the provider. Kept here, and never shown again.",
            extra_json_schema=CONSENT | SECRET | BY_CONSENT,
        ),
    ] = ""
    tenant: Annotated[
        str,
        Meta(
            title="Tenant",
            description="Microsoft: your organisation's id or domain.",
            pattern=r"^[\w.-]+$",
            extra_json_schema=CONSENT | {"when": [{"sign_in": "consent", "provider": "microsoft"}]},
        ),
    ] = "common"
    authorize_url: Annotated[
        str,
        Meta(
            title="Consent address",
            description="Another provider's authorisation endpoint.",
            extra_json_schema=CONSENT | BY_ANOTHER,
        ),
    ] = ""
    token_url: Annotated[
        str,
        Meta(
            title="Token address",
            description="Another provider's token endpoint.",
            extra_json_schema=CONSENT | BY_ANOTHER,
        ),
    ] = ""
    scopes: Annotated[
        str,
        Meta(
            title="Scopes",
            description="What another provider is asked for, with spaces between.",
            extra_json_schema=CONSENT | BY_ANOTHER,
        ),
    ] = ""

    def __post_init__(self) -> None:
        networks(self.relays)


class DoorSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The door that mail comes in by, one for all inboxes."""

    host: str = "127.0.0.1"
    port: Port = 2525
    hostname: str = "localhost"
    """What the door calls itself."""
    max_size: Annotated[int, Meta(gt=0, le=60 * 1024 * 1024)] = 25 * 1024 * 1024
    max_recipients: Annotated[int, Meta(gt=0)] = 100
    max_connections: Annotated[int, Meta(gt=0)] = 100
    max_connections_of_one: Annotated[int, Meta(gt=0)] = 20
    """Of one client: an IPv4 address, or an IPv6 network of 64 bits."""
    max_bytes: Annotated[int, Meta(gt=0)] = 256 * 1024 * 1024
    """Of all mails that are being taken in; one client may have half of it."""
    max_line: Annotated[int, Meta(ge=1_000)] = 64 * 1024
    """Bytes. The standard says 998; many senders do not know."""
    timeout: Annotated[float, Meta(gt=0)] = 120.0
    """Seconds in which something must come."""
    max_seconds: Annotated[float, Meta(gt=0)] = 600.0
    """From a command on, for all that belongs to it: so long a mail may take."""
    certificate: str = ""
    key: str = ""
    """Files in PEM. With them the door offers STARTTLS."""
