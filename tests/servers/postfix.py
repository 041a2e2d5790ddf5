"""A real Postfix for a test: its own spool and settings in a scratch folder, on loopback.

Mail for anybody is delivered on the spot, into one maildir, by virtual(8); nothing leaves.
It needs root, as Postfix does. Without Postfix or root a test is skipped and says so; in CI it fails.
"""

import asyncio
import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers.programs import absent, reachable

PATIENCE = 20.0
"""Seconds to wait for a start or a delivery."""

_MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = {owner}
setgid_group = postdrop
myhostname = mx.example.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = {protocols}
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtp_dns_support_level = disabled
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = static:ok
virtual_transport = {transport}
virtual_mailbox_maps = static:inbox/
virtual_mailbox_base = {home}/mail
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
default_transport = error:nothing leaves this test
relay_transport = error:nothing leaves this test
smtpd_recipient_restrictions = {restrictions}permit_mynetworks, reject_unauth_destination
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtpd_tls_security_level = {tls}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
message_size_limit = {size}
mailbox_size_limit = 0
queue_minfree = 0
maillog_file = {home}/log
maillog_file_prefixes = {home}
"""

_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A running server: `host`, `port`, and what it has delivered."""

    host = "127.0.0.1"

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port

    def delivered(self) -> list[bytes]:
        """The mails as they lie in the mailboxes, in the order they came."""
        new = self.home / "mail" / "inbox" / "new"
        paths = sorted(new.iterdir(), key=lambda path: path.stat().st_mtime_ns) if new.is_dir() else []
        return [path.read_bytes() for path in paths]

    async def mails(self, count: int) -> list[bytes]:
        """Wait until so many are delivered."""
        async with asyncio.timeout(PATIENCE):
            while len(found := self.delivered()) < count:
                await asyncio.sleep(0.02)
        return found

    def log(self) -> str:
        return (self.home / "log").read_text(errors="replace")


@asynccontextmanager
async def postfix(
    scratch: Path,
    *,
    certificate: Path | None = None,
    key: Path | None = None,
    size: int = 50_000_000,
    lmtp: int = 0,
    smtp: int = 0,
    **refused: str,
) -> AsyncIterator[Postfix]:
    """A server in a new folder. `refused`: its answer by local part, as `gone="550 5.1.1 No such person"`.

    `lmtp` or `smtp`: the port of whom it hands mail to, rather than keeping it.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="postfix-", dir=reachable(scratch)) as folder:
        home = Path(folder)
        server = Postfix(home, _free_port())
        at = f"inet:127.0.0.1:{lmtp}" if lmtp else f"[127.0.0.1]:{smtp}"
        transport = f"{'lmtp' if lmtp else 'smtp'}:{at}" if lmtp or smtp else "virtual"
        _write(server, certificate, key, size, transport, refused)
        await _run(program, home, "start")
        try:
            await _answers(server)
            yield server
        finally:
            await _stop(program, home)


def _program() -> str:
    program = shutil.which("postfix") or shutil.which("postfix", path="/usr/sbin")
    missing = "" if program else "Postfix is not installed (apt-get install postfix)"
    if program and os.geteuid() != 0:
        missing = "Postfix can only be started by root"
    if missing or program is None:
        absent(missing)
    return program


def _write(
    server: Postfix,
    certificate: Path | None,
    key: Path | None,
    size: int,
    transport: str,
    refused: dict[str, str],
) -> None:
    owner = pwd.getpwnam("postfix")
    home = server.home
    home.chmod(0o755)
    for name in ("etc", "spool", "data", "mail"):
        (home / name).mkdir()
    for name in ("data", "mail"):
        os.chown(home / name, owner.pw_uid, owner.pw_gid)
    (home / "etc" / "main.cf").write_text(
        _MAIN.format(
            home=home,
            daemons=_daemons(),
            owner=owner.pw_name,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            size=size,
            transport=transport,
            protocols="all" if Path("/proc/net/if_inet6").exists() else "ipv4",
            restrictions=_restrictions(home, refused),
            tls="may" if certificate else "none",
            certificate=certificate or "",
            key=key or "",
        )
    )
    (home / "etc" / "master.cf").write_text(_MASTER.format(port=server.port))


def _restrictions(home: Path, refused: dict[str, str]) -> str:
    rules = "".join(f"/^{name}@/ {answer}\n" for name, answer in refused.items())
    (home / "etc" / "refused").write_text(rules)
    return f"check_recipient_access regexp:{home}/etc/refused, " if refused else ""


def _daemons() -> str:
    folders = ("/usr/lib/postfix/sbin", "/usr/libexec/postfix", "/usr/lib/postfix")
    return next((folder for folder in folders if Path(folder, "master").exists()), folders[0])


def _free_port() -> int:
    """Below the ports the system hands out, so nobody is given it meanwhile."""
    for port in range(20_000 + os.getpid() % 8_000, 32_000):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) and not _taken(port):
                return port
    raise RuntimeError("no free port below 32,000")


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


async def _run(program: str, home: Path, command: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        program,
        "-c",
        str(home / "etc"),
        command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C"},
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode(errors="replace")


async def _answers(server: Postfix) -> None:
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
            assert greeting.startswith(b"220 "), server.log()
            return


async def _stop(program: str, home: Path) -> None:
    """By its own process: `postfix stop`, until the master's lock is free."""
    await _run(program, home, "stop")
    async with asyncio.timeout(PATIENCE):
        while (await _run(program, home, "status"))[0] == 0:
            await asyncio.sleep(0.05)
