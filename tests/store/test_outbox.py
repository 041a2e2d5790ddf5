"""Telling: within the transaction of what is told, or not at all."""

import contextlib

from doorstep.kernel import new_id
from doorstep.store import outbox
from tests.parts import Spine


async def test_an_event_is_told_with_its_ids_and_figures(spine: Spine) -> None:
    customer, conversation, subject, actor = (new_id() for _ in range(4))
    async with spine.db.transaction() as tx:
        await outbox.tell(tx, "thing.done", customer, conversation, subject, actor, {"n": 7})
    assert await spine.told() == [
        {
            "kind": "thing.done",
            "customer_id": customer,
            "conversation_id": conversation,
            "subject_id": subject,
            "actor_id": actor,
            "data": '{"n": 7}',
        }
    ]


async def test_what_is_rolled_back_was_never_told(spine: Spine) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with spine.db.transaction() as tx:
            await outbox.tell(tx, "thing.done")
            raise ZeroDivisionError
    assert await spine.told() == []


async def test_many_are_told_in_their_order_and_none_costs_nothing(spine: Spine) -> None:
    subjects = [new_id() for _ in range(50)]
    async with spine.db.transaction() as tx:
        await outbox.tell_many(tx, "thing.done", [])
        await outbox.tell_many(tx, "thing.done", [(None, None, subject) for subject in subjects])
    assert [event["subject_id"] for event in await spine.told()] == subjects
