"""Inboxes are added and changed, checked by their channel, and keep their secrets."""

import msgspec
import pytest

from doorstep.kernel import Conflict, Invalid, NotFound, new_id
from doorstep.people import Me, Role
from doorstep.spine.inboxes import (
    ChangedInbox,
    NewInbox,
    add_inbox,
    change_inbox,
    change_settings,
    inboxes,
)
from doorstep.testing import MemoryChannel
from tests.spine.conftest import Spine

CHANNELS = {"memory": MemoryChannel()}
ME = Me(new_id(), "Eleni", Role.ADMINISTRATOR, "eleni")


def new(**changed: object) -> NewInbox:
    return msgspec.structs.replace(NewInbox("memory", "Letters", "Letters@Shop.example"), **changed)


async def test_an_inbox_is_added_with_its_queue(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        inbox_id = await add_inbox(tx, CHANNELS, new(queue="Back office"), ME)
        found = {inbox.id: inbox for inbox in await inboxes(tx, CHANNELS)}
    assert found[inbox_id].address == "letters@shop.example"
    assert found[inbox_id].queue == "Back office"
    assert await spine.value("select kind from outbox") == "inbox.added"


async def test_a_queue_of_that_name_is_used(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        await add_inbox(tx, CHANNELS, new(queue="Care"), ME)
    assert await spine.value("select count(*) from queue") == 1


async def test_twice_the_same_is_a_conflict(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        await add_inbox(tx, CHANNELS, new(), ME)
        with pytest.raises(Conflict):
            await add_inbox(tx, CHANNELS, new(), ME)


@pytest.mark.parametrize("wrong", [new(channel="pigeon"), new(address=" "), new(reply_within_s=0)])
async def test_what_is_wrong_is_said(spine: Spine, wrong: NewInbox) -> None:
    async with spine.db.transaction() as tx:
        with pytest.raises(Invalid):
            await add_inbox(tx, CHANNELS, wrong, ME)


async def test_settings_of_no_inbox_are_not_found(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        with pytest.raises(NotFound):
            await change_settings(tx, CHANNELS, new_id(), {}, ME)


async def test_an_inbox_is_named_sent_elsewhere_and_promised_otherwise(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        inbox_id = await add_inbox(tx, CHANNELS, new(settings={"refuse": "no"}), ME)
        changed = ChangedInbox("Returns", "Back office", 3600, {"retry": True})
        await change_inbox(tx, CHANNELS, inbox_id, changed, ME)
        [found] = [inbox for inbox in await inboxes(tx, CHANNELS) if inbox.id == inbox_id]
    assert (found.name, found.queue, found.reply_within_s) == ("Returns", "Back office", 3600)
    assert found.settings == {"refuse": "no", "retry": True}
    assert found.address == "letters@shop.example"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (ChangedInbox(" ", "Care", 60), "name"),
        (ChangedInbox("Care", " ", 60), "queue"),
        (ChangedInbox("Care", "Care", 0), "reply_within_s"),
        (ChangedInbox("Care", "Care", 91 * 24 * 3600), "reply_within_s"),
        (ChangedInbox("Care", "Care", 60, {"retry": "perhaps"}), "settings.retry"),
    ],
)
async def test_a_change_that_is_wrong_names_its_field(
    spine: Spine, changed: ChangedInbox, field: str
) -> None:
    async with spine.db.transaction() as tx:
        inbox_id = await add_inbox(tx, CHANNELS, new(), ME)
        with pytest.raises(Invalid) as refused:
            await change_inbox(tx, CHANNELS, inbox_id, changed, ME)
    assert [error["field"] for error in refused.value.extra["errors"]] == [field]  # type: ignore[attr-defined]


async def test_when_something_last_came_is_told(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        quiet = await add_inbox(tx, CHANNELS, new(), ME)
    await spine.accept(spine.signal())
    async with spine.db.connection() as on:
        told = {inbox.id: inbox.last_at for inbox in await inboxes(on, CHANNELS)}
    assert told == {quiet: None, spine.inbox_id: await spine.value("select max(received_at) from journal")}
