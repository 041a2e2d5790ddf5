"""Somebody leaves: what they had not finished is nobody's, and what wakes later does not sleep with them."""

from datetime import UTC, datetime
from uuid import UUID

from doorstep.conversations import change, release_all
from doorstep.conversations.change import Verb
from doorstep.people import Me, Role
from tests.parts import Spine


async def of(spine: Spine, me: Me, sender: str, verb: Verb | None) -> UUID:
    """A conversation that somebody took, and what they did to it then."""
    conversation_id = await spine.opened(sender=sender)
    async with spine.db.transaction() as tx:
        await change(tx, conversation_id, "take", 0, me, datetime.now(UTC))
        if verb is not None:
            await change(tx, conversation_id, verb, 1, me, datetime.now(UTC))
    return conversation_id


async def owner(spine: Spine, conversation_id: UUID) -> object:
    return await spine.value("select agent_id from conversation where id = $1", conversation_id)


async def test_what_is_not_finished_goes_back_and_wakes_for_all(spine: Spine) -> None:
    leaving, other = await spine.hire("leo"), await spine.hire("mia")
    boss = await spine.hire("boss", Role.ADMINISTRATOR)
    is_open = await of(spine, leaving, "a@mail.example", None)
    waiting = await of(spine, leaving, "b@mail.example", "wait")
    resolved = await of(spine, leaving, "c@mail.example", "resolve")
    others = await of(spine, other, "d@mail.example", "resolve")
    await spine.told()
    async with spine.db.transaction() as tx:
        assert await release_all(tx, leaving.agent_id, boss.agent_id, datetime.now(UTC)) == 2
        await tx.execute("update agent set ended_at = now() where id = $1", leaving.agent_id)
    assert [await owner(spine, one) for one in (is_open, waiting)] == [None, None]
    assert await owner(spine, resolved) == leaving.agent_id
    events = await spine.told()
    assert {(e["kind"], e["conversation_id"], e["actor_id"]) for e in events} == {
        ("conversation.released", one, boss.agent_id) for one in (is_open, waiting)
    }
    assert await spine.value("select count(*) from action where verb = 'released'") == 2
    for one in (resolved, others):
        await spine.take_in(spine.signal(token=await spine.token(one)))
    assert await owner(spine, resolved) is None
    assert await owner(spine, others) == other.agent_id
