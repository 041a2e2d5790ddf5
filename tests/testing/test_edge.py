"""The edge in memory keeps the promises of the real one."""

import pytest

from doorstep.kernel import Arrival, Checkpoint, Inbox, NotFound, Overloaded, Reading, new_id
from doorstep.testing import MemoryChannel, MemoryEdge

INBOX = Inbox(new_id(), "memory", "Desk", "desk@shop.test")


def a_note(name: str) -> Arrival:
    raw = f'{{"id":"{name}","sender":"ada@example.test","text":"{name}"}}'.encode()
    return MemoryChannel().parse(INBOX, raw, {}).arrival


async def test_takes_everything_once() -> None:
    edge = MemoryEdge(INBOX)
    first = await edge.accept([a_note("a"), a_note("a"), a_note("b")])
    again = await edge.accept([a_note("b"), a_note("c")])
    assert first.fresh == (True, False, True)
    assert again.fresh == (False, True)
    assert again.ids[0] == first.ids[2]
    assert [arrival.signal.text for arrival in edge.arrivals] == ["a", "b", "c"]


async def test_takes_nothing_when_it_is_full() -> None:
    edge = MemoryEdge(INBOX)
    edge.full = True
    with pytest.raises(Overloaded):
        await edge.accept([a_note("a")], Checkpoint(INBOX.id, "1"))
    assert (edge.arrivals, await edge.checkpoint(INBOX.id)) == ([], "")


async def test_remembers_how_far_a_poller_came() -> None:
    edge = MemoryEdge(INBOX)
    await edge.accept([a_note("a")], Checkpoint(INBOX.id, "7"))
    assert await edge.checkpoint(INBOX.id) == "7"


async def test_a_reading_belongs_to_a_signal() -> None:
    edge = MemoryEdge(INBOX)
    (one,) = (await edge.accept([a_note("a")])).ids
    await edge.add_reading(Reading(one, "ocr", "first"))
    await edge.add_reading(Reading(one, "ocr", "second"))
    assert [reading.text for reading in edge.readings.values()] == ["second"]
    with pytest.raises(NotFound):
        await edge.add_reading(Reading(new_id(), "ocr"))


async def test_files_are_named_by_their_content() -> None:
    files = MemoryEdge().files
    name = await files.keep(b"hello")
    assert name == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert await files.read(name) == b"hello"
    with pytest.raises(NotFound):
        await files.read("0" * 64)


async def test_knows_its_inboxes_by_channel() -> None:
    edge = MemoryEdge(INBOX)
    assert await edge.inboxes("memory") == [INBOX]
    assert await edge.inboxes("other") == []
