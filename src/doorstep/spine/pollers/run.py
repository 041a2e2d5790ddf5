"""One poller for each inbox that is watched: begun, ended and begun again as inboxes come, change and go.

A lease lets one node alone watch an inbox, and its token goes with every checkpoint: a node that lost it
without knowing cannot commit what it read.
"""

import asyncio
import random
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from doorstep.kernel import Channel, ConsentNeeded, DoorstepError, Inbox, Polls
from doorstep.spine.edge import Fence, SpineEdge
from doorstep.spine.pollers.contact import LONGEST, forget_contact, note_contact, sql
from doorstep.spine.pollers.edge import LeasedEdge
from doorstep.store import Database, Follower, leases
from doorstep.store.bus import Bell
from doorstep.store.database import AWAY

log = structlog.get_logger()

LOOK = 30.0
"""Seconds between two looks for inboxes that were changed behind our back."""
CHANGES = {"inbox.added", "inbox.changed", "inbox.connected"}
"""Events after which we look at once."""
PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""Seconds before a poller that failed is begun again: twice as long each time, give or take a half."""
STEADY = 60.0
"""Seconds after which a poller that fails is begun again without having to wait long."""


class PolledInbox(msgspec.Struct, frozen=True):
    """An inbox, and when it was last connected; another value of anything begins its poller anew."""

    id: UUID
    channel: str
    name: str
    address: str
    settings: bytes
    connected_at: datetime

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.id, self.channel, self.name, self.address, self.settings)


async def run_pollers(
    db: Database, follower: Follower, channels: Mapping[str, Channel], edge: SpineEdge
) -> None:
    """Keep every watched inbox watched, until cancelled."""
    pollers, bell = Pollers(db, channels, edge), Bell()
    stop_following = follower.follow(lambda event: bell.ring() if event.kind in CHANGES else None)
    try:
        while True:
            try:
                await pollers.fit()
            except AWAY as error:
                log.warning("pollers.unknown", error=str(error))
            await bell.wait(LOOK)
    finally:
        stop_following()
        await pollers.end()


class Pollers:
    """The pollers of this node."""

    def __init__(self, db: Database, channels: Mapping[str, Channel], edge: SpineEdge) -> None:
        self._db, self._edge = db, edge
        self._channels = {key: channel for key, channel in channels.items() if isinstance(channel, Polls)}
        self._running: dict[PolledInbox, asyncio.Task[None]] = {}

    async def fit(self) -> None:
        """Begin and end pollers, so that they fit the inboxes as they are now."""
        async with self._db.connection() as on:
            found = await sql.rows(on, "polled", PolledInbox, channels=list(self._channels))
        wanted = {polled for polled in found if self._is_polled(polled)}
        await self._end_all(set(self._running) - wanted)
        async with self._db.connection() as on:
            for polled in found:
                if polled not in wanted:
                    await forget_contact(on, polled.id)
        for polled in wanted - set(self._running):
            self._running[polled] = asyncio.create_task(self._watch(polled))

    async def end(self) -> None:
        """End all."""
        await self._end_all(set(self._running))

    def _is_polled(self, polled: PolledInbox) -> bool:
        try:
            return self._channels[polled.channel].is_polled(polled.inbox)
        except DoorstepError as error:
            log.warning("inbox.unwatched", inbox_id=str(polled.id), error=error.detail)
            return False

    async def _end_all(self, gone: set[PolledInbox]) -> None:
        tasks = [self._running.pop(polled) for polled in gone]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, polled: PolledInbox) -> None:
        name = f"poller {polled.id}"

        async def duty(token: int) -> None:
            await self._again_and_again(polled.inbox, Fence(name, token))

        await leases.hold(self._db, name, duty)

    async def _again_and_again(self, inbox: Inbox, fence: Fence) -> None:
        """Poll; after a failure say why, wait, and begin again."""
        pause = PAUSE
        while True:
            began, edge = asyncio.get_running_loop().time(), LeasedEdge(self._edge, self._db, inbox.id, fence)
            failure = await self._failure(inbox, edge)
            if asyncio.get_running_loop().time() - began > STEADY and edge.was_reached:
                pause = PAUSE
            await self._note(inbox, failure)
            if isinstance(failure, ConsentNeeded):
                await asyncio.Event().wait()
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _failure(self, inbox: Inbox, edge: LeasedEdge) -> Exception:
        try:
            await self._channels[inbox.channel].poll(inbox, edge)
        except Exception as error:
            return error
        return DoorstepError("The watch over it ended by itself.")

    async def _note(self, inbox: Inbox, failure: Exception) -> None:
        if isinstance(failure, DoorstepError):
            detail = failure.detail[:LONGEST]
            log.warning("poller.failed", inbox_id=str(inbox.id), error=detail)
        else:
            detail = f"Something went wrong here: {type(failure).__name__}."
            log.error("poller.failed", inbox_id=str(inbox.id), exc_info=failure)
        try:
            async with self._db.connection() as on:
                needs_consent = isinstance(failure, ConsentNeeded)
                await note_contact(on, inbox.id, False, detail, needs_consent)
        except AWAY as error:
            log.warning("contact.unnoted", inbox_id=str(inbox.id), error=str(error))
