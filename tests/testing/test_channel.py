"""The channel in memory fills every port."""

import asyncio
from contextlib import suppress

import pytest

from doorstep.kernel import Address, AddressKind, Connects, Inbox, Listens, Outgoing, Polls, Sends, new_id
from doorstep.testing import MemoryChannel, MemoryEdge

INBOX = Inbox(new_id(), "memory", "Desk", "desk@shop.test")
NOTE = b'{"id":"a","sender":"ada@example.test","text":"hello","files":{"a.txt":"aGVsbG8="}}'


def a_reply(inbox: Inbox = INBOX) -> Outgoing:
    return Outgoing(
        id=new_id(), inbox=inbox, to=(Address(AddressKind.MAILBOX, "ada@example.test"),), text="Hi"
    )


def test_fills_every_port() -> None:
    channel = MemoryChannel()
    assert all(isinstance(channel, port) for port in (Sends, Listens, Polls, Connects))


async def test_its_door_takes_a_note_in() -> None:
    channel, edge = MemoryChannel(), MemoryEdge(INBOX)
    door = await channel.listen(edge, {})
    signal_id = await door.deliver(INBOX, NOTE)
    assert edge.journal[signal_id].signal.text == "hello"
    assert list(edge.files.kept.values()) == [b"hello"]
    await door.close()
    with pytest.raises(ConnectionRefusedError):
        await door.deliver(INBOX, NOTE)


async def test_polls_on_from_its_checkpoint() -> None:
    channel, edge = MemoryChannel(), MemoryEdge(INBOX)
    channel.put(NOTE)
    channel.put(NOTE.replace(b'"a"', b'"b"', 1))
    for _ in range(2):
        polling = asyncio.create_task(channel.poll(INBOX, edge))
        await asyncio.sleep(0)
        channel.put(NOTE.replace(b'"a"', b'"c"', 1))
        await asyncio.sleep(0.01)
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
    assert [arrival.signal.external_id for arrival in edge.arrivals] == ["a", "b", "c"]
    assert await edge.checkpoint(INBOX.id) == "4"


async def test_sends_unless_the_other_side_refuses() -> None:
    channel, edge = MemoryChannel(), MemoryEdge()
    refusing = Inbox(new_id(), "memory", "Desk", "desk@shop.test", b'{"refuse":"mailbox full","retry":true}')
    assert (await channel.send(a_reply(), edge)).ok
    refused = await channel.send(a_reply(refusing), edge)
    assert (refused.ok, refused.detail, refused.retry) == (False, "mailbox full", True)
    assert [reply.text for reply in channel.sent] == ["Hi"]
