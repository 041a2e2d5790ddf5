"""One connection to a mailbox (RFC 9051). It blocks: `beside.py` gives it a thread."""

import imaplib
import select
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress

from imap_tools import BaseMailBox

from doorstep.channels.email.answers import Lines, Waiting, contents, listed
from doorstep.channels.email.servers import Server
from doorstep.kernel import ConsentNeeded, Misconfigured, Unreachable

HEADER_BYTES = 200_000
"""As much of a header as is fetched of a mail that stays where it is."""


class Turned(Exception):
    """The server said no to a command; the connection is good."""


class Connection:
    """Open it, sign in, select; then look, fetch, mark and wait. Raises what `imaplib` and sockets raise."""

    def __init__(self, server: Server, verify: bool, timeout: float) -> None:
        self.server, self.verify, self.timeout = server, verify, timeout
        self._box: BaseMailBox | None = None
        self._is_over = False

    @property
    def box(self) -> BaseMailBox:
        if self._box is None or self._is_over:
            raise imaplib.IMAP4.abort("the connection was ended")
        return self._box

    def open(self) -> None:
        """Connect, with TLS as set."""
        self._box = _Box(_client(self.server, self.verify, self.timeout))

    def sign_in(self, user: str, password: str) -> None:
        """By password. Raises `Misconfigured` with what the server says."""
        try:
            if (user + password).isascii():
                self.box.login(user, password, initial_folder=None)
            else:
                self.box.login_utf8(user, password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except Exception as error:
            raise _unless_away(error, f"{self.server.host} does not let us in: {said(error)}") from error

    def sign_in_by_token(self, user: str, token: str) -> None:
        """By an access token: XOAUTH2, else OAUTHBEARER (RFC 7628). Raises `ConsentNeeded`."""
        name, first, last = "XOAUTH2", f"user={user}\1auth=Bearer {token}\1\1", b""
        if "AUTH=XOAUTH2" not in self.box.client.capabilities:
            where = f"host={self.server.host}\1port={self.server.port}"
            name, first, last = "OAUTHBEARER", f"n,a={user},\1{where}\1auth=Bearer {token}\1\1", b"\1"
        answers = iter([first.encode()])
        try:
            self.box.client.authenticate(name, lambda _challenge: next(answers, last))
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            if "[UNAVAILABLE]" in said(error):
                raise Unreachable(f"{self.server.host} cannot check who we are: {said(error)}") from error
            raise ConsentNeeded(f"{self.server.host} does not take our consent: {said(error)}") from error

    def select(self, folder: str) -> tuple[int, int]:
        """Open a folder; its UIDVALIDITY and the next UID."""
        try:
            self.box.folder.set(folder)
        except Exception as error:
            raise _unless_away(error, f"The folder {folder} cannot be opened: {said(error)}") from error
        return self._told("UIDVALIDITY"), self._told("UIDNEXT")

    def _told(self, name: str) -> int:
        value = self.box.client.response(name)[1][-1]
        if value is None:
            raise Unreachable(f"{self.server.host} does not tell its {name}: this mailbox cannot be watched.")
        return int(value)

    def waiting(self, after: int) -> list[Waiting]:
        """All above a UID, by UID."""
        try:
            lines = self._uid("FETCH", f"{after + 1}:*", "(UID RFC822.SIZE INTERNALDATE)")
        except Turned:
            if self._is_empty():
                return []
            raise
        return [mail for mail in listed(lines) if mail.uid > after]

    def _is_empty(self) -> bool:
        """An empty folder has no `*`, and some servers say no to it."""
        return self.box.uids("ALL", charset=None) == []

    def matching(self, first: int, last: int, key: str) -> set[int]:
        """The UIDs from `first` to `last` that a search key fits."""
        [line, *_] = self._uid("SEARCH", "UID", f"{first}:{last}", *key.split())
        return {int(word) for word in line.split()} if isinstance(line, bytes) else set()

    def fetch(self, uids: Iterable[int]) -> dict[int, bytes]:
        """Whole mails, by UID; one that is gone is missing. Raises `Turned`."""
        return self._contents(uids, "BODY.PEEK[]")

    def header(self, uid: int) -> bytes:
        """The beginning of a mail's header; empty when it is gone."""
        return self._contents([uid], f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>").get(uid, b"")

    def _contents(self, uids: Iterable[int], part: str) -> dict[int, bytes]:
        return contents(self._uid("FETCH", ",".join(map(str, uids)), f"(UID {part})"))

    def mark(self, uids: Iterable[int], afterwards: str, folder: str) -> None:
        """What the settings want done with mails that are ours now. Those that are gone do not matter."""
        numbers = [str(uid) for uid in uids]
        if not numbers or afterwards == "nothing":
            return
        if afterwards == "seen":
            self._uid("STORE", ",".join(numbers), "+FLAGS.SILENT", r"(\Seen)")
            return
        try:
            self.box.move(numbers, folder)
        except Exception as error:
            raise _unless_away(error, f"Mails cannot be moved to {folder}: {said(error)}") from error

    def _uid(self, command: str, *given: str) -> Lines:
        try:
            status, lines = self.box.client.uid(command, *given)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise Turned(said(error)) from error
        if status != "OK":
            raise Turned(said(imaplib.IMAP4.error(lines[-1])))
        return lines

    @property
    def can_idle(self) -> bool:
        """Whether the server tells of new mail by itself (RFC 2177)."""
        return "IDLE" in self.box.client.capabilities

    def idle(self, seconds: float) -> None:
        """Wait for news, so long at most."""
        self.box.idle.wait(timeout=seconds)

    def ask(self) -> None:
        """Ask for news."""
        self.box.client.noop()

    def has_news(self) -> bool:
        """Whether the server told of new mail, unasked, since this was last looked at."""
        return self.box.client.response("EXISTS")[1] != [None]

    def cut(self) -> None:
        """From another thread: whoever waits on the server stops waiting."""
        self._is_over = True
        if self._box is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._box.client.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        if self._box is not None:
            with suppress(OSError):
                self._box.client.shutdown()


class _Box(BaseMailBox):
    """A mailbox on a connection that stands."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._standing = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._standing


def _client(server: Server, verify: bool, timeout: float) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context(verify), timeout=timeout)
    client = imaplib.IMAP4(server.host, server.port, timeout=timeout)
    if server.security == "starttls":
        try:
            client.starttls(context(verify))
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
    return client


def context(verify: bool) -> ssl.SSLContext:
    """TLS as a client; without `verify`, with whoever answers."""
    made = ssl.create_default_context()
    if not verify:
        made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


AWAY = (OSError, imaplib.IMAP4.abort, select.error)
"""The connection is no more."""


def _unless_away(error: Exception, detail: str) -> Exception:
    return error if isinstance(error, AWAY) else Misconfigured(detail)


def said(error: BaseException) -> str:
    """What a server said, on one line."""
    result = getattr(error, "command_result", None)
    words = result[1][-1] if result else error.args[0] if error.args else type(error).__name__
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(text.split())[:300]
