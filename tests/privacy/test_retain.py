"""An inbox keeps what came for as long as it says, and not longer; it is still counted that it came."""

from datetime import timedelta
from pathlib import Path

from doorstep.kernel import Arrival, Attachment
from doorstep.privacy import Finishing, retain
from doorstep.spine import drain
from doorstep.spine.undelivered import reconcile
from doorstep.store import DiskFiles
from doorstep.store.jobs import Job
from doorstep.testing import TurnableClock
from tests.parts import Spine


async def test_what_is_too_old_goes_in_batches_and_reconciles(spine: Spine, tmp_path: Path) -> None:
    clock = TurnableClock(await spine.value("select clock_timestamp()"))  # type: ignore[arg-type]
    files = DiskFiles(tmp_path)
    file = Attachment("list.txt", "text/plain", 4, await files.keep(b"list"))
    first = spine.signal(text="Where is it?", attachments=(file,), subject="Parcel")
    await spine.edge.accept([Arrival(first, b"raw words")])
    await drain(spine.worker())
    await spine.take_in(*(spine.signal(f"c{n}@mail.example") for n in range(6)))
    assert await retain(spine.db, clock.now()) == 0  # nothing is set: all is kept
    await spine.run("update inbox set keep_days = 90")
    clock.turn(timedelta(days=89))
    assert await retain(spine.db, clock.now()) == 0
    clock.turn(timedelta(days=2))
    assert await retain(spine.db, clock.now(), at_once=2) == 7
    assert await spine.value("select count(*) from interaction where text <> '' or erased_at is null") == 0
    assert await spine.value("select count(*) from journal where signal <> '' or raw is not null") == 0
    assert await spine.value("select string_agg(matter, '') from conversation") == ""
    assert await spine.value("select count(*) from identity") == 7
    (job,) = await spine.rows("select id, kind, payload from job")
    await Finishing(spine.db, files, settled=-5)(Job(job["id"], job["kind"], job["payload"], 1))  # type: ignore[arg-type]
    assert not list(files.folder.glob("??/*"))
    async with spine.db.connection() as on:
        days = await reconcile(on, clock.now() - timedelta(days=100))
    assert [(day.accepted, day.shown, day.missing) for day in days] == [(7, 7, 0)]
    assert await retain(spine.db, clock.now()) == 0


async def test_undelivered_goes_too_and_is_counted(spine: Spine) -> None:
    clock = TurnableClock(await spine.value("select clock_timestamp()"))  # type: ignore[arg-type]
    await spine.accept(spine.signal())
    await spine.run(
        "with gone as (delete from work returning *) insert into undelivered (id, signal_id, received_at,"
        " inbox_id, channel, lane, priority, is_reading, tries, error) select id, signal_id, received_at,"
        " $1, 'memory', lane, priority, is_reading, 9, 'KeyError' from gone",
        spine.inbox_id,
    )
    await spine.run("update inbox set keep_days = 1")
    clock.turn(timedelta(days=2))
    assert await retain(spine.db, clock.now()) == 1
    async with spine.db.connection() as on:
        (day,) = await reconcile(on, clock.now() - timedelta(days=9))
    assert (day.undelivered, day.erased, day.missing) == (0, 1, 0)
