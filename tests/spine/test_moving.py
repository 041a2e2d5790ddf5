"""Moving in: years of mail, in order, threaded, once each, and nobody is woken."""

import asyncio
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from doorstep.channels import found
from doorstep.kernel import Priority, SystemClock, new_id
from doorstep.people import Role
from doorstep.spine import drain
from doorstep.spine.claim import claim
from doorstep.spine.edge import Fence
from doorstep.spine.moving import House, Import, keep, move
from doorstep.spine.moving.move import Progress
from doorstep.spine.moving.run import sweep, take_next
from doorstep.spine.undelivered import reconcile
from doorstep.store import leases
from tests.parts import Spine
from tests.spine.moving import CARE, OLD, Past, mbox, threads

CHANNEL = "email"


@pytest.fixture
async def inbox_id(spine: Spine) -> UUID:
    await spine.run("update inbox set channel = $1", CHANNEL)
    return spine.inbox_id


def house(tmp_path: Path) -> House:
    return House(folder=tmp_path / "imports")


async def fence(spine: Spine) -> Fence:
    async with spine.db.connection() as on:
        token = await leases.take(on, "imports", length=timedelta(hours=1))
    assert token is not None
    return Fence("imports", token)


async def added(spine: Spine, *paths: Path) -> UUID:
    me = await spine.hire(str(new_id()), Role.ADMINISTRATOR)
    async with spine.db.transaction() as tx:
        return await keep.add(tx, spine.inbox_id, paths[0].name, [str(p) for p in paths], [OLD], me)


async def take(spine: Spine, tmp_path: Path) -> bool:
    return await take_next(spine.db, found(), spine.edge, house(tmp_path), await fence(spine), SystemClock())


async def looked_at(spine: Spine, import_id: UUID) -> Import:
    async with spine.db.connection() as on:
        return await keep.look(on, import_id)


async def moved(spine: Spine, tmp_path: Path, *paths: Path) -> Import:
    """Taken over to the end, and filed."""
    import_id = await added(spine, *paths)
    taking = asyncio.create_task(take(spine, tmp_path))
    worker = spine.worker()
    while not taking.done():
        await drain(worker)
        await asyncio.sleep(0.01)
    assert await taking
    await drain(worker)
    return await looked_at(spine, import_id)


async def reached(spine: Spine, import_id: UUID, taking: "asyncio.Task[bool]", place: int) -> None:
    """Wait until so many are done, and not yet all."""
    while (await looked_at(spine, import_id)).place < place:
        assert not taking.done(), taking
        await asyncio.sleep(0.001)


async def stories(spine: Spine) -> list[list[tuple[str, str]]]:
    """Every conversation, as the directions and names of what is in it, in order."""
    rows = await spine.rows(
        "select conversation_id, direction, message_id from interaction "
        "where message_id like '%.example>' order by happened_at, id"
    )
    told: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        told[row["conversation_id"]].append((str(row["direction"]), str(row["message_id"])))
    return sorted(sorted(story) for story in told.values())


def expected(mails: list[Past]) -> list[list[tuple[str, str]]]:
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    numbers: dict[int, int] = defaultdict(int)
    for mail in mails:
        name = f"<{mail.thread}.{numbers[mail.thread]}@{'shop' if mail.is_ours else 'mail'}.example>"
        told[mail.thread].append(("out" if mail.is_ours else "in", name))
        numbers[mail.thread] += 1
    return sorted(sorted(story) for story in told.values())


async def balanced(spine: Spine) -> int:
    """How many were accepted; none is missing or undelivered."""
    async with spine.db.connection() as on:
        rows = await reconcile(on, datetime.now(UTC) - timedelta(days=1))
    assert [(r.missing, r.pending, r.undelivered) for r in rows] == [(0, 0, 0)] * len(rows)
    return sum(r.accepted for r in rows)


async def nobody_is_woken(spine: Spine) -> None:
    states = await spine.rows("select distinct state, unread, due_at from conversation")
    assert states == [{"state": "resolved", "unread": False, "due_at": None}]
    assert await spine.value("select coalesce(sum(waiting), 0) from queue_delta") == 0
    assert await spine.value("select count(*) from job") == 0


async def test_years_of_mail_move_in_whole(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    mails = list(threads(800))
    assert len(mails) >= 2000
    broken = [
        b"Subject: no sender, no date\n\nHello\n",
        b"From: x@y.example\nContent-Type: multipart/mixed; boundary=z\nMessage-ID: <b@y.example>\n\n--z\n",
        b"From: Us <care@shop.example>\nTo: hello@old-shop.example\nMessage-ID: <among@us>\n\nNote\n",
        b"From: a@b.example\nX-Gmail-Labels: Spam\nMessage-ID: <spam@b.example>\n\nBuy\n",
    ]
    given = [mail.raw for mail in mails] + broken + [mails[0].raw]
    random.Random(5).shuffle(given)
    came = await moved(spine, tmp_path, mbox(tmp_path / "All.mbox", given))
    assert (came.state, came.error) == ("done", "")
    assert (came.total, came.taken, came.known, came.refused) == (len(given), len(mails) + 2, 1, 2)
    async with spine.db.connection() as on:
        refused = await keep.refusals(on, came.id, -1, 10)
    assert {(r.message_id, r.reason) for r in refused} == {
        ("<among@us>", "It is from us to us: no customer has part in it."),
        ("<spam@b.example>", "It lay in spam there."),
    }
    assert all(r.found_at.startswith("All.mbox:") for r in refused)
    assert [s for s in await stories(spine) if "b@y" not in s[0][1]] == expected(mails)
    await nobody_is_woken(spine)
    assert await balanced(spine) == came.taken
    first = await spine.value("select min(happened_at) from interaction where message_id like '<0.0%'")
    assert str(first).startswith("2011-03-01") or str(first).startswith("2011-03-0")
    ours = "select count(*) from identity where value in ($1, $2)"
    assert await spine.value(ours, CARE, OLD) == 0
    assert not (house(tmp_path).of(came.id)).exists()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_order_of_files_and_mails_does_not_matter(
    spine: Spine, inbox_id: UUID, tmp_path: Path, seed: int
) -> None:
    mails = list(threads(60, seed))
    shuffled = [mail.raw for mail in mails]
    random.Random(seed).shuffle(shuffled)
    half = len(shuffled) // 2
    folder = tmp_path / "box"
    folder.mkdir()
    mbox(folder / "Sent", [mail.raw for mail in mails if mail.is_ours])
    mbox(folder / "Inbox", [mail for mail in shuffled[:half]])
    for n, mail in enumerate(shuffled[half:]):
        (folder / f"{n}.eml").write_bytes(mail)
    came = await moved(spine, tmp_path, folder)
    assert (came.taken, came.refused) == (len(mails), 0)
    assert await stories(spine) == expected(mails)


async def test_what_was_taken_is_not_taken_again(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(30)]
    first = await moved(spine, tmp_path, mbox(tmp_path / "a.mbox", mails))
    again = await moved(spine, tmp_path, mbox(tmp_path / "b.mbox", mails[::-1]))
    assert (first.taken, again.taken, again.known) == (len(mails), 0, len(mails))
    assert await spine.value("select count(*) from interaction") == len(mails)


async def test_a_reply_that_left_from_here_stands_once(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    conversation_id = await spine.opened(message_id="<q@mail.example>", text="Where?")
    await spine.run(
        "insert into interaction (id, customer_id, conversation_id, inbox_id, channel, direction, kind, "
        "happened_at, received_at, text, message_id) "
        "select $1, customer_id, id, inbox_id, channel, 'out', 'message', now(), now(), 'There', '<r@shop>' "
        "from conversation where id = $2",
        *(new_id(), conversation_id),
    )
    sent = b"From: care@shop.example\nTo: ioanna@mail.example\nMessage-ID: <r@shop>\n\nThere\n"
    came = await moved(spine, tmp_path, mbox(tmp_path / "Sent", [sent]))
    assert came.taken == 1
    assert await spine.value("select count(*) from interaction where message_id = '<r@shop>'") == 1
    await balanced(spine)


async def test_a_customer_who_answers_later_finds_the_old_matter(
    spine: Spine, inbox_id: UUID, tmp_path: Path
) -> None:
    sent = b"From: care@shop.example\nTo: Kim <kim@mail.example>\nMessage-ID: <old@shop>\n\nYours\n"
    await moved(spine, tmp_path, mbox(tmp_path / "Sent", [sent]))
    await nobody_is_woken(spine)
    conversation_id = await spine.opened(sender="kim@mail.example", references=("<old@shop>",))
    rows = await spine.rows("select id, state, unread, interactions from conversation")
    assert rows == [{"id": conversation_id, "state": "open", "unread": True, "interactions": 2}]
    assert await spine.value("select count(*) from customer") == 1


async def test_it_goes_on_where_it_was(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(100)] + [b"From: care@shop.example\nTo: care@shop.example\n\nx\n"]
    path = mbox(tmp_path / "a.mbox", mails)
    import_id, dice = await added(spine, path), random.Random(3)
    breaks = 0
    while (await looked_at(spine, import_id)).state != "done":
        before = (await looked_at(spine, import_id)).place
        taking = asyncio.create_task(take(spine, tmp_path))
        while not taking.done() and (await looked_at(spine, import_id)).place <= before + dice.randint(0, 60):
            await asyncio.sleep(0)
        breaks += not taking.done()
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
    await drain(spine.worker())
    came = await looked_at(spine, import_id)
    assert breaks >= 2
    assert (came.taken, came.known, came.refused, came.place) == (len(mails) - 1, 0, 1, len(mails))
    assert await spine.value("select count(*) from interaction") == len(mails) - 1
    await balanced(spine)


async def test_files_that_changed_are_begun_anew(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(60)]
    import_id = await added(spine, mbox(tmp_path / "a.mbox", mails))
    taking = asyncio.create_task(take(spine, tmp_path))
    await reached(spine, import_id, taking, 1)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    taken = (await looked_at(spine, import_id)).taken
    assert 0 < taken < len(mails)
    mbox(tmp_path / "a.mbox", [*mails[::-1], b"From: new@mail.example\nMessage-ID: <new@x>\n\nNew\n"])
    assert await take(spine, tmp_path)
    came = await looked_at(spine, import_id)
    assert (came.taken, came.known) == (len(mails) + 1 - taken, taken)


async def test_a_live_mail_is_claimed_though_the_past_waits(
    spine: Spine, inbox_id: UUID, tmp_path: Path
) -> None:
    await added(spine, mbox(tmp_path / "a.mbox", [mail.raw for mail in threads(100)]))
    assert await take(spine, tmp_path)
    assert int(str(await spine.value("select count(*) from work where priority = $1", Priority.BULK))) > 200
    live = await spine.accept(spine.signal(text="Now, please"))
    claimed = await claim(spine.db, new_id(), 20)
    assert live.ids[0] in {one.signal_id for one in claimed}
    assert {one.priority for one in claimed} == {Priority.NORMAL, Priority.BULK}


async def test_it_waits_where_there_is_no_room(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    import_id = await added(spine, mbox(tmp_path / "a.mbox", [mail.raw for mail in threads(20)]))
    spine.edge.is_full = True
    taking = asyncio.create_task(take(spine, tmp_path))
    while (await looked_at(spine, import_id)).state != "running" and not taking.done():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    assert (await looked_at(spine, import_id)).place == 0
    spine.edge.is_full = False
    assert await taking
    assert (await looked_at(spine, import_id)).state == "done"


async def test_not_all_of_it_waits_at_once(
    spine: Spine, inbox_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(move, "AHEAD", 100)
    import_id = await added(spine, mbox(tmp_path / "a.mbox", [mail.raw for mail in threads(200)]))
    taking = asyncio.create_task(take(spine, tmp_path))
    await reached(spine, import_id, taking, 100)
    await asyncio.sleep(0.3)
    assert (await looked_at(spine, import_id)).place == 100
    worker = spine.worker()
    while not taking.done():
        await drain(worker)
        await asyncio.sleep(0.01)
    assert (await looked_at(spine, import_id)).state == "done"


async def test_one_that_is_cancelled_takes_no_more(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    import_id = await added(spine, mbox(tmp_path / "a.mbox", [mail.raw for mail in threads(60)]))
    taking = asyncio.create_task(take(spine, tmp_path))
    await reached(spine, import_id, taking, 1)
    async with spine.db.transaction() as tx:
        assert await keep.end(tx, import_id, "cancelled")
    assert await taking
    came = await looked_at(spine, import_id)
    assert came.state == "cancelled"
    await drain(spine.worker())
    assert await spine.value("select count(*) from interaction") == came.taken
    assert not await take(spine, tmp_path)


async def test_what_cannot_be_moved_in_says_why(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    gone = await added(spine, tmp_path / "gone.mbox")
    assert await take(spine, tmp_path)
    came = await looked_at(spine, gone)
    assert came.state == "failed"
    assert "gone.mbox" in came.error


async def test_a_dry_run_takes_nothing(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(40)]
    await moved(spine, tmp_path, mbox(tmp_path / "a.mbox", mails[:10]))
    async with spine.db.connection() as on:
        inbox = await keep.inbox_at(on, CARE, [CHANNEL])
    reader = await move.reader_for(spine.db, found()[CHANNEL], inbox, [OLD])
    path = mbox(tmp_path / "b.mbox", [*mails, mails[20]])
    planned = await move.listed(reader, [str(path)], house(tmp_path), tmp_path, SystemClock().now())
    told: list[Progress] = []
    counts, refused = await move.look_through(spine.db, reader, planned, told.append)
    assert (counts.taken, counts.known, counts.refused) == (len(mails) - 10, 11, len(refused))
    assert told[-1].place == len(planned)
    assert await spine.value("select count(*) from interaction") == 10


async def test_uploads_that_broke_off_are_swept(spine: Spine, inbox_id: UUID, tmp_path: Path) -> None:
    import os

    wanted, broken, young = await added(spine, tmp_path / "x"), new_id(), new_id()
    for one in (wanted, broken, young):
        folder = house(tmp_path).of(one)
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"x")
        if one != young:
            os.utime(folder / "file", (0, 0))
            os.utime(folder, (0, 0))
    await sweep(spine.db, house(tmp_path))
    assert [house(tmp_path).of(one).exists() for one in (wanted, broken, young)] == [True, False, True]
