"""The edge: what it has accepted is durable, and there once."""

import asyncio

import pytest

from doorstep.kernel import Arrival, Attachment, Checkpoint, NotFound, Overloaded, Reading, new_id
from doorstep.spine.edge import INLINE
from tests.spine.conftest import Spine


async def test_a_signal_given_twice_is_there_once(spine: Spine) -> None:
    signal = spine.signal()
    first = await spine.accept(signal)
    again = await spine.accept(signal)
    assert first.fresh == (True,)
    assert again.fresh == (False,)
    assert again.ids == first.ids
    assert await spine.value("select count(*) from journal") == 1
    assert await spine.value("select count(*) from work") == 1


async def test_twice_in_one_call_is_once(spine: Spine) -> None:
    signal = spine.signal()
    accepted = await spine.accept(signal, signal)
    assert sum(accepted.fresh) == 1
    assert len(set(accepted.ids)) == 1


async def test_twenty_at_once_are_one(spine: Spine) -> None:
    signal = spine.signal()
    accepted = await asyncio.gather(*(spine.accept(signal) for _ in range(20)))
    assert sum(a.fresh[0] for a in accepted) == 1
    assert len({a.ids for a in accepted}) == 1


async def test_raw_that_is_large_goes_to_a_file_that_is_kept(spine: Spine) -> None:
    raw = b"x" * (INLINE + 1)
    sha256 = await spine.edge.files.keep(b"a picture")
    picture = Attachment("p.png", "image/png", 9, sha256)
    accepted = await spine.edge.accept([Arrival(spine.signal(attachments=(picture,)), raw)])
    (row,) = await spine.rows("select raw, raw_file from journal")
    assert row["raw"] is None
    assert await spine.edge.files.read(str(row["raw_file"])) == raw
    used = await spine.rows("select sha256 from file_use where owner_id = $1", accepted.ids[0])
    assert {r["sha256"] for r in used} == {row["raw_file"], sha256}


async def test_the_checkpoint_is_committed_with_what_was_read(spine: Spine) -> None:
    await spine.edge.accept([Arrival(spine.signal(), b"")], Checkpoint(spine.inbox_id, "uid 7"))
    assert await spine.edge.checkpoint(spine.inbox_id) == "uid 7"


async def test_a_full_house_says_so_and_keeps_nothing(spine: Spine) -> None:
    spine.edge.is_full = True
    with pytest.raises(Overloaded):
        await spine.accept(spine.signal())
    assert await spine.value("select count(*) from journal") == 0


async def test_a_reading_of_nothing_is_refused(spine: Spine) -> None:
    with pytest.raises(NotFound):
        await spine.edge.add_reading(Reading(new_id(), "ocr", text="?"))
