"""A reply that cannot be sent ends on the desk, with the reason."""

from datetime import UTC, datetime

import pytest

from doorstep.kernel import Channel, Delivery, Edge, Outgoing
from doorstep.people import Me
from doorstep.replies import NewReply
from doorstep.spine.outbound import NotNow, Sending, answer
from doorstep.store.jobs import TRIES, Job
from doorstep.testing import MemoryChannel
from tests.parts import Spine


class Breaking(MemoryChannel):
    """A channel with a bug in its sending."""

    async def send(self, outgoing: Outgoing, edge: Edge) -> Delivery:
        raise RuntimeError("a bug")


async def job_of_a_reply(spine: Spine, tries: int, channel: Channel) -> Job:
    me: Me = await spine.hire("maren")
    await spine.take_in(spine.signal())
    (row,) = await spine.rows("select id from conversation")
    async with spine.db.transaction() as tx:
        await answer(tx, {"memory": channel}, row["id"], NewReply("On its way."), me, datetime.now(UTC))
    (job,) = await spine.rows("select id, kind, payload from job")
    return Job(job["id"], job["kind"], job["payload"], tries)


@pytest.mark.parametrize(("tries", "delivery"), [(1, "queued"), (TRIES, "failed")])
async def test_a_bug_in_a_channel_is_tried_again_and_told_at_last(
    spine: Spine, tries: int, delivery: str
) -> None:
    job = await job_of_a_reply(spine, tries, MemoryChannel())
    sending = Sending(spine.db, spine.bus, {"memory": Breaking()}, spine.edge)
    if tries < TRIES:
        with pytest.raises(NotNow):
            await sending(job)
    else:
        await sending(job)
    (reply,) = await spine.rows("select delivery, delivery_detail from interaction where direction = 'out'")
    assert reply == {"delivery": delivery, "delivery_detail": "It could not be sent: RuntimeError."}


async def test_a_channel_that_is_gone_is_told_at_once(spine: Spine) -> None:
    job = await job_of_a_reply(spine, 1, MemoryChannel())
    await Sending(spine.db, spine.bus, {}, spine.edge)(job)
    (reply,) = await spine.rows("select delivery, delivery_detail from interaction where direction = 'out'")
    assert reply["delivery"] == "failed"
    assert "Choose another" in str(reply["delivery_detail"])
