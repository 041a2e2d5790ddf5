"""A real Dovecot for a test: mailboxes by IMAP, mail in by LMTP, in a scratch folder, on loopback.

It needs root, as Dovecot does. Without Dovecot or root a test is skipped and says so; in CI it fails.
"""

import asyncio
import imaplib
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.programs import absent, reachable

PATIENCE = 20.0
"""Seconds to wait for a start or an end."""
PASSWORD = "secret"

_CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
instance_name = {name}
log_path = {home}/log
auth_verbose = yes
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
mail_location = maildir:{home}/mail/%u
default_internal_user = dovecot
default_login_user = dovenull
first_valid_uid = 1
mail_uid = nobody
mail_gid = nogroup
lda_mailbox_autocreate = yes
postmaster_address = postmaster@example.test
imap_capability = {capability}
auth_cache_size = 0
auth_failure_delay = 0
{passdb}
{tls}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup allow_all_users=yes home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Done {{
    auto = create
  }}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service stats {{
  client_limit = 100
}}
"""
_PASSWORD = "passdb {\n  driver = static\n  args = password=secret\n}"
_TOKENS = """\
auth_mechanisms = plain {mechanisms}
passdb {{
  driver = oauth2
  mechanisms = {mechanisms}
  args = {home}/oauth2.conf
}}
"""
_INTROSPECTION = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
force_introspection = yes
"""


class Dovecot:
    """A running server: any user has a mailbox."""

    host = "127.0.0.1"

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.tls_port, self.lmtp_port = free_port(), free_port(), free_port()

    def box(self, user: str) -> imaplib.IMAP4:
        """Somebody else's look at a mailbox; to be logged out."""
        client = imaplib.IMAP4(self.host, self.port)
        client.login(user, PASSWORD)
        client.select()
        return client

    def flags(self, user: str, folder: str = "INBOX") -> list[bool]:
        """Of each mail, whether it was read."""
        client = self.box(user)
        client.select(folder, readonly=True)
        _, lines = client.fetch("1:*", "(FLAGS)") if client.response("EXISTS")[1] != [b"0"] else ("", [])
        client.logout()
        return [rb"\Seen" in line for line in lines if line]

    def mails(self, user: str) -> list[bytes]:
        """What lies in a mailbox."""
        client = self.box(user)
        _, lines = client.search(None, "ALL")
        found = [client.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in lines[0].split()]
        client.logout()
        return found

    def put(self, user: str, mails: Iterable[bytes], folder: str = "INBOX") -> None:
        """Lay mails into a mailbox, in order, by APPEND."""
        client = self.box(user)
        for mail in mails:
            status, said = client.append(folder, "", "", mail)
            assert status == "OK", said
        client.logout()

    def log(self) -> str:
        return (self.home / "log").read_text(errors="replace")


@asynccontextmanager
async def dovecot(
    scratch: Path,
    *,
    introspection: str = "",
    mechanisms: str = "xoauth2 oauthbearer",
    idle: bool = True,
    certificate: tuple[Path, Path] | None = None,
) -> AsyncIterator[Dovecot]:
    """A server in a new folder. `introspection`: where it asks whether a token is good."""
    program = _program()
    with tempfile.TemporaryDirectory(prefix="dovecot-", dir=reachable(scratch)) as folder:
        server = Dovecot(Path(folder))
        _write(server, introspection, mechanisms, idle, certificate)
        config = str(server.home / "dovecot.conf")
        process = await asyncio.create_subprocess_exec(program, "-F", "-c", config)
        try:
            await _answers(server)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), PATIENCE)


def _write(
    server: Dovecot, introspection: str, mechanisms: str, idle: bool, certificate: tuple[Path, Path] | None
) -> None:
    home = server.home
    home.chmod(0o755)
    (home / "mail").mkdir()
    shutil.chown(home / "mail", "nobody", "nogroup")
    tls = (
        f"ssl = yes\nssl_cert = <{certificate[0]}\nssl_key = <{certificate[1]}" if certificate else "ssl = no"
    )
    passdb = _TOKENS.format(home=home, mechanisms=mechanisms) if introspection else _PASSWORD
    (home / "oauth2.conf").write_text(_INTROSPECTION.format(url=introspection))
    (home / "dovecot.conf").write_text(
        _CONFIG.format(
            home=home,
            name=home.name,
            port=server.port,
            tls_port=server.tls_port if certificate else 0,
            lmtp_port=server.lmtp_port,
            capability="" if idle else "IMAP4rev1 UIDPLUS MOVE SASL-IR LITERAL+",
            passdb=passdb,
            tls=tls,
        )
    )


def _program() -> str:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    missing = "" if program else "Dovecot is not installed (apt-get install dovecot-imapd dovecot-lmtpd)"
    if program and os.geteuid() != 0:
        missing = "Dovecot can only be started by root"
    if missing or program is None:
        absent(missing)
    return program


async def _answers(server: Dovecot) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                reader, writer = await asyncio.open_connection(server.host, server.port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            greeting = await reader.readline()
            writer.close()
            await writer.wait_closed()
            assert greeting.startswith(b"* OK "), server.log()
            return
