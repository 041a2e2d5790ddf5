"""A look at a customer is told once an hour for each who looks."""

from doorstep.kernel import new_id
from doorstep.people import Me, note_look
from tests.parts import Spine


async def look(spine: Spine, me: Me, customer_id: object) -> int:
    """Look, and say how many looks were told."""
    async with spine.db.transaction() as tx:
        await note_look(tx, me, customer_id, "view")  # type: ignore[arg-type]
    return len(await spine.told())


async def test_one_look_an_hour_is_told(spine: Spine) -> None:
    maren, leo, ioanna, david = await spine.hire(), await spine.hire("Leo"), new_id(), new_id()
    for customer_id in (ioanna, david):
        await spine.run("insert into customer (id, name) values ($1, '')", customer_id)
    assert [await look(spine, maren, ioanna) for _ in range(3)] == [1, 0, 0]
    assert await look(spine, maren, david) == 1
    assert await look(spine, leo, ioanna) == 1
    await spine.run("update customer_look set told_at = told_at - interval '59 minutes'")
    assert await look(spine, maren, ioanna) == 0
    await spine.run("update customer_look set told_at = told_at - interval '1 minute'")
    assert [await look(spine, maren, ioanna) for _ in range(2)] == [1, 0]
    assert await look(spine, leo, ioanna) == 1
