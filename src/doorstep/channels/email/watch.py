"""A mailbox, watched by IMAP: what comes is taken over once, oldest first, and marked when it is safe."""

import asyncio
import imaplib
import random
import ssl
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog
from imap_tools import ImapToolsError
from msgspec.structs import replace

from doorstep.channels.email import left, place
from doorstep.channels.email.answers import Waiting
from doorstep.channels.email.batches import batches
from doorstep.channels.email.beside import Beside
from doorstep.channels.email.fetching import Fetching, Trouble
from doorstep.channels.email.imap import AWAY, Connection, Turned, said
from doorstep.channels.email.place import Place
from doorstep.channels.email.settings import EmailSettings
from doorstep.channels.email.wire import parse
from doorstep.kernel import (
    Arrival,
    Checkpoint,
    Clock,
    DoorstepError,
    Inbox,
    Invalid,
    Overloaded,
    Parsed,
    PollerEdge,
    Unreachable,
)

log = structlog.get_logger("doorstep.email")

IDLE = 9 * 60.0
"""Seconds until IDLE is begun anew: under the 29 minutes of RFC 2177, and before a router forgets us."""
LOOK = 30.0
"""Seconds between two looks, where the server does not tell of new mail by itself."""
PAUSE = 2.0
"""Seconds to wait while we are full."""
SignIn = Callable[[Beside, Connection], Awaitable[None]]


class Watch:
    """One inbox and one connection to its mailbox."""

    def __init__(
        self,
        inbox: Inbox,
        settings: EmailSettings,
        edge: PollerEdge,
        clock: Clock,
        connection: Connection,
        trouble: Trouble,
    ) -> None:
        self.inbox, self.settings, self.edge, self.clock = inbox, settings, edge, clock
        self.connection, self.trouble = connection, trouble
        self.beside = Beside(f"mailbox {inbox.address}")
        self.fetching = Fetching(inbox, self.beside, connection, trouble, settings.largest)
        self.place = Place(0)

    async def run(self, sign_in: SignIn) -> None:
        """Until cancelled. Raises, in words, when the server cannot be reached or says no."""
        try:
            await self.beside.do(self.connection.open)
            await sign_in(self.beside, self.connection)
            await self._begin()
            while True:
                if not await self._take_what_waits():
                    await self._wait()
        except (*AWAY, Turned, imaplib.IMAP4.error, ImapToolsError) as error:
            raise _in_words(self.connection, error) from error
        finally:
            self.connection.cut()
            self.beside.end(self.connection.close)

    async def _begin(self) -> None:
        validity, next_uid = await self.beside.do(self.connection.select, self.settings.folder)
        await self.edge.reached()
        known = await self.edge.checkpoint(self.inbox.id)
        self.place = place.go_on(known, self.settings.begin_with, validity, next_uid)
        if not known:
            await self._commit([], self.place)
        await self._mark(self.place.unmarked)

    async def _take_what_waits(self) -> bool:
        """Whether there may be more by now."""
        waiting = await self.beside.do(self.connection.waiting, self.place.uid)
        for batch in batches(await self._wanted(waiting), self.trouble.careful_to, self.settings.largest):
            await self._take(batch)
        return bool(waiting) or await self.beside.do(self.connection.has_news)

    async def _wanted(self, waiting: list[Waiting]) -> list[Waiting]:
        """Without those that were there before us and are not to be taken."""
        earlier = [mail.uid for mail in waiting if mail.uid < self.place.first]
        if not earlier or not self.place.only:
            return waiting
        wanted = await self.beside.do(self.connection.matching, earlier[0], earlier[-1], self.place.only)
        chosen = [mail for mail in waiting if mail.uid >= self.place.first or mail.uid in wanted]
        if not chosen:
            await self._commit([], replace(self.place, uid=earlier[-1]))
        return chosen

    async def _take(self, batch: list[Waiting]) -> None:
        await self._room()
        contents = await self.fetching.contents(batch)
        arrivals, taken = [], []
        for mail in batch:
            found = contents.get(mail.uid)
            if isinstance(found, Arrival):
                arrivals.append(found)
            elif found is not None:
                taken.append(mail.uid)
                arrivals.append(await self._arrival(mail, found))
        at = replace(self.place, uid=batch[-1].uid, unmarked=tuple(taken), on=self.clock.now().date())
        await self._commit(arrivals, at)
        await self._mark(taken)

    async def _arrival(self, mail: Waiting, raw: bytes) -> Arrival:
        parsed = await asyncio.to_thread(self._read, mail, raw)
        for content in parsed.files.values():
            await self.edge.files.keep(content)
        return parsed.arrival

    def _read(self, mail: Waiting, raw: bytes) -> Parsed:
        received_at: datetime = min(mail.at, self.clock.now())
        try:
            return parse(self.inbox, raw, {}, received_at)
        except Invalid as error:
            return Parsed(left.unread(self.inbox, mail, raw, error.detail.rstrip(".")))
        except Exception as error:
            log.exception("mail not read", inbox_id=str(self.inbox.id), uid=mail.uid)
            return Parsed(left.unread(self.inbox, mail, raw, type(error).__name__))

    async def _commit(self, arrivals: list[Arrival], at: Place) -> None:
        """With the place, in one commit; while we are full, we wait."""
        checkpoint, accepted = Checkpoint(self.inbox.id, place.encoded(at)), None
        while accepted is None:
            try:
                accepted = await self.edge.accept(arrivals, checkpoint)
            except Overloaded as error:
                log.warning("mailbox waits", inbox_id=str(self.inbox.id), reason=error.detail)
                await _pause()
                await self._room()
        self.place = at
        if arrivals:
            fresh = sum(accepted.fresh)
            log.info("mails taken", inbox_id=str(self.inbox.id), uid=at.uid, fresh=fresh)

    async def _room(self) -> None:
        """Fetch nothing that could not be put down: wait while we are full."""
        while self.edge.is_full:
            await _pause()

    async def _mark(self, uids: Sequence[int]) -> None:
        await self.beside.do(self.connection.mark, uids, self.settings.afterwards, self.settings.move_to)

    async def _wait(self) -> None:
        if self.connection.can_idle:
            await self.beside.do(self.connection.idle, IDLE)
        else:
            await asyncio.sleep(LOOK)
            await self.beside.do(self.connection.ask)


async def _pause() -> None:
    await asyncio.sleep(PAUSE * random.uniform(0.5, 1.5))


def _in_words(connection: Connection, error: Exception) -> DoorstepError:
    where = f"{connection.server.host}:{connection.server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(f"The certificate of {where} is not good: {error.verify_message}.")
    if isinstance(error, Turned):
        return Unreachable(f"{where} says no: {error}")
    words = error.strerror if isinstance(error, OSError) and error.strerror else said(error)
    return Unreachable(f"{where} cannot be reached: {words}")
