"""What lies in quarantine comes out, is confirmed, or erased in time; and a mark is taken back exactly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from doorstep.kernel import Attachment, Conflict, NotFound, Reading, new_id
from doorstep.spine import drain, sweep
from doorstep.spine.quarantine import judge
from doorstep.spine.quarantine.decide import confirm, erase, held, put_back, release
from doorstep.spine.quarantine.mark import mark
from doorstep.spine.quarantine.model import Held
from doorstep.spine.undelivered import reconcile
from doorstep.store import Queries
from tests.parts import Spine
from tests.spine.quarantine.test_judge import WHY, lying, shown

LINE = "select to_jsonb(i) - 'words' as line from interaction i where id = $1"
STANDS = "select state, unread, interactions, due_at from conversation where id = $1"


async def one_held(spine: Spine, **more: object) -> Held:
    await spine.take_in(spine.signal("win@big.example", "You won", suspicion=WHY, **more))
    (one,) = await lying(spine)
    return one


async def missing(spine: Spine) -> list[int]:
    async with spine.db.connection() as on:
        return [day.missing for day in await reconcile(on, datetime.now(UTC) - timedelta(days=1))]


async def test_what_is_let_out_goes_the_way_of_any_other_and_its_sender_is_trusted(spine: Spine) -> None:
    one, me = await one_held(spine), await spine.hire()
    async with spine.db.transaction() as tx:
        await release(tx, one.id, me)
    await drain(spine.worker())
    assert await spine.rows("select id, text from interaction") == [{"id": one.signal_id, "text": "You won"}]
    assert await lying(spine) == []
    await spine.take_in(spine.signal("win@big.example", "You won again", suspicion=WHY))
    assert await shown(spine) == 2
    assert await spine.rows("select unwanted, wanted from learnt") == [{"unwanted": 0, "wanted": 1}]
    assert await missing(spine) == [0]


async def test_what_is_confirmed_leaves_the_list_and_can_come_back(spine: Spine) -> None:
    one, me = await one_held(spine), await spine.hire()
    async with spine.db.transaction() as tx:
        await confirm(tx, one.id, me)
        await confirm(tx, one.id, me)
    assert await lying(spine) == []
    assert await spine.rows("select unwanted, wanted from learnt") == [{"unwanted": 1, "wanted": 0}]
    async with spine.db.transaction() as tx:
        await put_back(tx, one.id, me)
    assert [each.id for each in await lying(spine)] == [one.id]
    assert await spine.rows("select unwanted, wanted from learnt") == [{"unwanted": 0, "wanted": 0}]
    assert await missing(spine) == [0]


async def to_mark(spine: Spine) -> tuple[UUID, UUID]:
    """A mail with a picture, to be marked; the signal's id and its conversation's."""
    picture = Attachment("p.png", "image/png", 9, "ab" * 32)
    (signal_id,) = await spine.take_in(
        spine.signal(subject="Prize", html="<p>x</p>", message_id="<a@x>", attachments=(picture,))
    )
    conversation_id = await spine.value("select conversation_id from interaction")
    return signal_id, UUID(str(conversation_id))


async def test_a_mark_is_taken_back_exactly(spine: Spine) -> None:
    signal_id, conversation_id = await to_mark(spine)
    before = await spine.rows(LINE, signal_id), await spine.rows(STANDS, conversation_id)
    files = await spine.rows("select * from attachment")
    me = await spine.hire()
    async with spine.db.transaction() as tx:
        identifier = await mark(tx, signal_id, me, datetime.now(UTC))
    assert await shown(spine) == 0
    assert await spine.rows(STANDS, conversation_id) == [
        {"state": "resolved", "unread": False, "interactions": 0, "due_at": None}
    ]
    assert await spine.value("select sum(waiting) from queue_delta") == 0
    (one,) = await lying(spine)
    assert (one.subject, one.reason, one.was_shown) == ("Prize", "Maren marked it as unwanted.", True)
    assert await missing(spine) == [0]
    await spine.take_in(spine.signal(text="More of it"))
    assert len(await lying(spine)) == 2, "its sender is blocked"

    async with spine.db.transaction() as tx:
        await put_back(tx, identifier, me)
    assert (await spine.rows(LINE, signal_id), await spine.rows(STANDS, conversation_id)) == before
    assert await spine.rows("select * from attachment") == files
    assert await spine.value("select sum(waiting) from queue_delta") == 1
    assert await spine.value("select count(*) from sender_rule") == 0
    assert await spine.rows("select unwanted, wanted from learnt") == [{"unwanted": 0, "wanted": 0}]
    assert await missing(spine) == [0]


async def test_what_is_put_back_has_every_column_there_is(spine: Spine) -> None:
    columns = await spine.rows(
        "select attname as name from pg_attribute where attrelid = 'interaction'::regclass and attnum > 0 "
        "and not attisdropped and attgenerated = ''"
    )
    statement = Queries(Path(judge.__file__).with_name("queries.sql"))["put_back"].text
    listed = statement.split("insert into interaction (")[1].split(")")[0].replace("\n", " ").split(",")
    assert {name.strip() for name in listed} == {row["name"] for row in columns}


async def test_a_conversation_with_more_in_it_stays_open(spine: Spine) -> None:
    signal_id, conversation_id = await to_mark(spine)
    await spine.take_in(spine.signal(text="And more", references=("<a@x>",)))
    me = await spine.hire()
    async with spine.db.transaction() as tx:
        await mark(tx, signal_id, me, datetime.now(UTC))
    rows = await spine.rows(STANDS, conversation_id)
    assert (rows[0]["state"], rows[0]["interactions"]) == ("open", 1)
    assert await spine.value("select sum(waiting) from queue_delta") == 1


async def test_a_reading_of_what_was_marked_changes_nothing(spine: Spine) -> None:
    signal_id, _ = await to_mark(spine)
    me = await spine.hire()
    async with spine.db.transaction() as tx:
        await mark(tx, signal_id, me, datetime.now(UTC))
    await spine.edge.add_reading(Reading(signal_id, "look", attested={"dkim": "pass"}))
    await drain(spine.worker())
    assert await shown(spine) == 0
    assert await missing(spine) == [0]


async def test_what_has_lain_long_enough_is_erased_and_still_counted(spine: Spine) -> None:
    old = await one_held(spine)
    await spine.run("update quarantine set held_at = now() - interval '31 days'")
    await spine.take_in(spine.signal("new@big.example", "Fresh words", suspicion=WHY))
    assert await sweep(spine.db, datetime.now(UTC), timedelta(days=30)) == 1
    assert [one.sender_value for one in await lying(spine)] == ["new@big.example"]
    assert await spine.rows("select signal, raw from journal where id = $1", old.signal_id) == [
        {"signal": b"", "raw": None}
    ]
    (row,) = await spine.rows("select * from quarantine where id = $1", old.id)
    assert "win@big.example" not in str(row)
    assert "You won" not in str(row)
    assert await missing(spine) == [0]
    me = await spine.hire()
    with pytest.raises(Conflict, match="erased"):
        async with spine.db.transaction() as tx:
            await release(tx, old.id, me)


async def test_erased_at_once_when_somebody_says_so(spine: Spine) -> None:
    one, me = await one_held(spine), await spine.hire()
    async with spine.db.transaction() as tx:
        await erase(tx, one.id, me)
        assert await held(tx) == []
    assert await missing(spine) == [0]


async def test_what_is_not_there_is_not_found(spine: Spine) -> None:
    me = await spine.hire()
    for verb in (release, confirm, erase, put_back):
        with pytest.raises(NotFound):
            async with spine.db.transaction() as tx:
                await verb(tx, new_id(), me)
    with pytest.raises(NotFound):
        async with spine.db.transaction() as tx:
            await mark(tx, new_id(), me, datetime.now(UTC))
