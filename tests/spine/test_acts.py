"""Acts: done when the reply has left, unless the customer wrote meanwhile."""

from datetime import UTC, datetime

from doorstep.replies import NewReply
from doorstep.spine.outbound import Sending, answer
from doorstep.store.jobs import Job
from doorstep.testing import MemoryChannel
from tests.parts import Spine


async def answered(spine: Spine, acts: tuple[str, ...]) -> Job:
    me = await spine.hire("maren")
    conversation_id = await spine.opened()
    async with spine.db.transaction() as tx:
        reply = NewReply("On its way.", acts=acts)  # type: ignore[arg-type]
        await answer(tx, {"memory": MemoryChannel()}, conversation_id, reply, me, datetime.now(UTC))
    (job,) = await spine.rows("select id, kind, payload from job")
    return Job(job["id"], job["kind"], job["payload"], 1)  # type: ignore[arg-type]


async def leave(spine: Spine, job: Job) -> None:
    await Sending(spine.db, spine.bus, {"memory": MemoryChannel()}, spine.edge)(job)


async def test_the_matter_is_resolved_when_the_reply_has_left_and_not_before(spine: Spine) -> None:
    job = await answered(spine, ("take", "resolve"))
    assert await spine.value("select state from conversation") == "open"
    await leave(spine, job)
    assert await spine.value("select state from conversation") == "resolved"
    assert await spine.value("select count(*) from action") == 1
    await leave(spine, job)
    assert await spine.value("select count(*) from action") == 1


async def test_what_the_customer_wrote_meanwhile_keeps_it_open(spine: Spine) -> None:
    job = await answered(spine, ("wait",))
    token = await spine.token(await spine.value("select id from conversation"))
    await spine.take_in(spine.signal(token=token, text="One more thing."))
    await leave(spine, job)
    assert await spine.value("select state from conversation") == "open"
    assert await spine.value("select delivery from interaction where direction = 'out'") == "sent"
