"""What each mail of a batch is: its bytes, or a notice in its place when the server does not give it out."""

from collections.abc import Sequence
from contextlib import suppress

import structlog

from doorstep.channels.email import left
from doorstep.channels.email.answers import Waiting
from doorstep.channels.email.beside import Beside
from doorstep.channels.email.imap import AWAY, Connection, Turned
from doorstep.kernel import Arrival, Inbox

log = structlog.get_logger("doorstep.email")

TRIES = 3
"""How often a mail is asked for that the server does not give out."""


class Trouble:
    """What is known of mails that are hard to fetch, over the connections to one mailbox."""

    def __init__(self) -> None:
        self.careful_to = 0
        """Up to this UID mails are fetched one by one: among them is one that ends the connection."""
        self.tries: dict[int, int] = {}

    def note(self, batch: Sequence[Waiting]) -> None:
        """The connection ended while these were fetched."""
        if len(batch) == 1:
            self.tries[batch[0].uid] = self.tries.get(batch[0].uid, 0) + 1
        else:
            self.careful_to = batch[-1].uid

    def is_hopeless(self, uid: int) -> bool:
        return self.tries.get(uid, 0) >= TRIES


class Fetching:
    """Fetches by one connection. Raises what ends it."""

    def __init__(
        self, inbox: Inbox, beside: Beside, connection: Connection, trouble: Trouble, largest: int
    ) -> None:
        self.inbox, self.beside, self.connection = inbox, beside, connection
        self.trouble, self.largest = trouble, largest

    async def contents(self, batch: list[Waiting]) -> dict[int, bytes | Arrival]:
        """What each mail is, or the notice in its place; one that is gone is missing."""
        first = batch[0]
        if len(batch) == 1 and first.size > self.largest:
            header = await self.beside.do(self.connection.header, first.uid)
            return {first.uid: left.too_large(self.inbox, first, header, self.largest)}
        if len(batch) == 1 and self.trouble.is_hopeless(first.uid):
            return {first.uid: left.unfetched(self.inbox, first, b"", "the connection ended each time")}
        try:
            found = await self.beside.do(self.connection.fetch, [mail.uid for mail in batch])
        except AWAY:
            self.trouble.note(batch)
            raise
        except Turned as no:
            return await self._one_by_one(batch, str(no))
        missing = [mail for mail in batch if mail.uid not in found]
        return {**found, **await self._looked_for(missing)}

    async def _one_by_one(self, batch: list[Waiting], reason: str) -> dict[int, bytes | Arrival]:
        """Those behind a mail that cannot be fetched need not wait for it."""
        if len(batch) > 1:
            parts = [await self.contents([mail]) for mail in batch]
            return {uid: found for part in parts for uid, found in part.items()}
        [mail] = batch
        for _ in range(TRIES - 1):
            with suppress(Turned):
                return dict(await self.beside.do(self.connection.fetch, [mail.uid]))
        log.warning("mail not fetched", inbox_id=str(self.inbox.id), uid=mail.uid, reason=reason)
        return {mail.uid: left.unfetched(self.inbox, mail, await self._header(mail), reason)}

    async def _header(self, mail: Waiting) -> bytes:
        try:
            return await self.beside.do(self.connection.header, mail.uid)
        except Turned:
            return b""

    async def _looked_for(self, missing: list[Waiting]) -> dict[int, bytes | Arrival]:
        """A mail that was not given out is gone, or else it cannot be fetched."""
        if not missing:
            return {}
        there = {mail.uid for mail in await self.beside.do(self.connection.waiting, missing[0].uid - 1)}
        return {
            mail.uid: left.unfetched(self.inbox, mail, await self._header(mail), "the server left it out")
            for mail in missing
            if mail.uid in there
        }
