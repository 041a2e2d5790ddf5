"""Inboxes that are watched elsewhere: one poller each, on one node, as inboxes come, change and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from doorstep.kernel import Checkpoint, ConsentNeeded, Inbox, PollerEdge, Unreachable, new_id
from doorstep.people import Me, Role
from doorstep.spine.edge import Fence, LeaseLost, SpineEdge
from doorstep.spine.inboxes import NewInbox, add_inbox, change_settings, inboxes
from doorstep.spine.pollers import Contact, contacts, count_contacts, run_pollers
from doorstep.spine.pollers.edge import LeasedEdge
from doorstep.store import Follower, leases
from doorstep.store.bus import LocalBus
from doorstep.store.sequencer import run_sequencer
from doorstep.testing import MemoryChannel
from tests.parts import Spine, until

ME = Me(new_id(), "Eleni", Role.ADMINISTRATOR, "eleni")


class Lighthouse(MemoryChannel):
    """A channel that fails as it is told to. `lit`: the inboxes it watches at this moment, with repeats."""

    def __init__(self) -> None:
        super().__init__()
        self.lit: list[str] = []
        self.begun = 0
        self.failing: Exception | None = None

    def is_polled(self, inbox: Inbox) -> bool:
        return b"dark" not in inbox.settings

    async def poll(self, inbox: Inbox, edge: PollerEdge) -> None:
        self.begun += 1
        if self.failing:
            raise self.failing
        self.lit.append(inbox.address)
        try:
            await edge.reached()
            await super().poll(inbox, edge)
        finally:
            self.lit.remove(inbox.address)


@asynccontextmanager
async def watching(spine: Spine, channel: Lighthouse) -> AsyncIterator[None]:
    bus = LocalBus()
    follower = Follower(spine.db, bus)
    await follower.start()
    duties = [
        run_pollers(spine.db, follower, {"memory": channel}, spine.edge),
        run_sequencer(spine.db, bus),
        follower.run(),
    ]
    tasks = [asyncio.create_task(duty) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def contact_of(spine: Spine) -> Contact | None:
    async with spine.db.connection() as on:
        return (await contacts(on)).get(spine.inbox_id)


async def connected_since(spine: Spine) -> datetime | None:
    contact = await contact_of(spine)
    return contact.since if contact and contact.is_connected else None


async def test_an_inbox_is_watched_and_what_it_finds_is_taken(spine: Spine) -> None:
    channel = Lighthouse()
    channel.put(b'{"id":"a","sender":"ada@example.test","text":"hello"}')
    async with watching(spine, channel):
        await until(lambda: spine.value("select value = '1' from checkpoint"))
        contact = await contact_of(spine)
    assert contact is not None
    assert (contact.is_connected, contact.detail) == (True, "")
    assert await spine.value("select count(*) from journal") == 1


async def test_inboxes_come_change_and_go(spine: Spine) -> None:
    channel, channels = Lighthouse(), {"memory": MemoryChannel()}
    async with watching(spine, channel):
        await until(lambda: channel.lit == ["care@shop.example"])
        async with spine.db.transaction() as tx:
            new_inbox = await add_inbox(tx, channels, NewInbox("memory", "Two", "two@shop.example"), ME)
        await until(lambda: sorted(channel.lit) == ["care@shop.example", "two@shop.example"], 20)
        begun = channel.begun
        async with spine.db.transaction() as tx:
            await change_settings(tx, channels, new_inbox, {"refuse": "no"}, ME)
        await until(lambda: channel.begun == begun + 1 and len(channel.lit) == 2, 20)
        async with spine.db.transaction() as tx:
            await change_settings(tx, channels, new_inbox, {"refuse": "dark"}, ME)
        await until(lambda: channel.lit == ["care@shop.example"], 20)
        await until(lambda: spine.value("select count(*) = 1 from inbox_contact"))
    assert channel.lit == []


async def test_one_node_alone_watches_and_another_takes_over(spine: Spine) -> None:
    here, there = Lighthouse(), Lighthouse()
    elsewhere = new_id()
    async with spine.db.connection() as on:
        token = await leases.take(on, f"poller {spine.inbox_id}", elsewhere, timedelta(minutes=1))
    async with watching(spine, here):
        await asyncio.sleep(0.2)
        assert (here.begun, token) == (0, 1)
        async with spine.db.connection() as on:
            await leases.give_back(on, f"poller {spine.inbox_id}", elsewhere)
        await until(lambda: here.lit)
    async with watching(spine, there):
        await until(lambda: there.lit)


async def test_a_node_that_lost_its_lease_commits_nothing(spine: Spine) -> None:
    name, elsewhere = f"poller {spine.inbox_id}", new_id()
    async with spine.db.connection() as on:
        token = await leases.take(on, name, length=timedelta(0))
        assert token is not None
        edge = LeasedEdge(spine.edge, spine.db, spine.inbox_id, Fence(name, token))
        await leases.take(on, name, elsewhere)
    with pytest.raises(LeaseLost):
        await edge.accept([], Checkpoint(spine.inbox_id, "9"))
    assert await edge.checkpoint(spine.inbox_id) == ""


async def test_a_failure_is_said_and_tried_again(spine: Spine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.spine.pollers.run.PAUSE", 0.01)
    channel = Lighthouse()
    channel.failing = Unreachable("mail.example:993 cannot be reached: connection refused")
    async with watching(spine, channel):
        await until(lambda: channel.begun >= 3)
        await until(lambda: contact_of(spine))
        async with spine.db.connection() as on:
            [shown] = await inboxes(on, {"memory": channel})
            assert (await count_contacts(on, True), await count_contacts(on, False)) == (0, 1)
        assert shown.contact is not None
        assert not shown.contact.is_connected
        assert shown.contact.detail == "mail.example:993 cannot be reached: connection refused"
        since = shown.contact.since
        channel.failing = None
        await until(lambda: connected_since(spine))
        assert (await connected_since(spine) or since) >= since


async def test_an_error_nobody_foresaw_is_no_end(spine: Spine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.spine.pollers.run.PAUSE", 0.01)
    channel = Lighthouse()
    channel.failing = ZeroDivisionError()
    async with watching(spine, channel):
        await until(lambda: channel.begun >= 2)
        contact = await contact_of(spine)
        channel.failing = None
        await until(lambda: channel.lit)
    assert contact is not None
    assert contact.detail == "Something went wrong here: ZeroDivisionError."


async def test_whatever_the_other_side_says_can_be_said(spine: Spine) -> None:
    channel = Lighthouse()
    channel.failing = Unreachable("it said \0\ud800" + "x" * 9000)
    async with watching(spine, channel):
        await until(lambda: contact_of(spine))
        contact = await contact_of(spine)
    assert contact is not None
    assert contact.detail.startswith("it said ?xxx")


async def test_without_consent_nobody_hammers(spine: Spine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doorstep.spine.pollers.run.PAUSE", 0.01)
    channel = Lighthouse()
    channel.failing = ConsentNeeded()
    async with watching(spine, channel):
        await until(lambda: contact_of(spine))
        await asyncio.sleep(0.2)
        contact = await contact_of(spine)
        assert channel.begun == 1
        channel.failing = None
        async with spine.db.transaction() as tx:
            await change_settings(tx, {"memory": channel}, spine.inbox_id, {"refuse": "no"}, ME)
        await until(lambda: channel.lit, 20)
    assert contact is not None
    assert (contact.needs_consent, contact.detail) == (True, "Consent was withdrawn: connect again.")


async def test_a_secret_is_renewed_by_one_at_a_time(spine: Spine) -> None:
    await spine.run("insert into inbox_secret (inbox_id, value) values ($1, 'a')", spine.inbox_id)
    at_once, most = 0, 0

    async def renewed(known: bytes) -> bytes:
        nonlocal at_once, most
        at_once, most = at_once + 1, max(most, at_once + 1)
        await asyncio.sleep(0.01)
        at_once -= 1
        return known + b"b"

    twins = [spine.edge, SpineEdge(spine.db, spine.bus, spine.edge.files)]
    await asyncio.gather(*(twins[n % 2].renew_secret(spine.inbox_id, renewed) for n in range(4)))
    assert (most, await spine.edge.secret(spine.inbox_id)) == (1, b"abbbb")
