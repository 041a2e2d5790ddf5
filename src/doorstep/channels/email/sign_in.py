"""How we say who we are to a mailbox: by the password in its settings."""

from doorstep.channels.email.beside import Beside
from doorstep.channels.email.imap import Connection
from doorstep.channels.email.servers import mailbox_password, mailbox_user
from doorstep.channels.email.settings import EmailSettings
from doorstep.channels.email.watch import SignIn
from doorstep.kernel import Inbox


def sign_in(inbox: Inbox, settings: EmailSettings) -> SignIn:
    """What a new connection does first."""

    async def by_password(beside: Beside, connection: Connection) -> None:
        user, password = mailbox_user(settings, inbox), mailbox_password(settings)
        await beside.do(connection.sign_in, user, password)

    return by_password
