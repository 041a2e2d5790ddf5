"""Counts: what waits in each queue, before and after the deltas are folded, by however many at once."""

import asyncio
from collections import Counter
from uuid import UUID

from doorstep.kernel import new_id
from doorstep.routing import count_waiting, fold_counts, waiting
from tests.parts import Spine


async def said(spine: Spine) -> Counter[UUID]:
    async with spine.db.connection() as on:
        return await waiting(on)


async def count(spine: Spine, change: dict[UUID, int]) -> None:
    async with spine.db.transaction() as tx:
        await count_waiting(tx, change)


async def fold(spine: Spine) -> None:
    async with spine.db.transaction() as tx:
        await fold_counts(tx)


async def test_folding_changes_nothing_that_is_said(spine: Spine) -> None:
    other = new_id()
    await spine.run("insert into queue (id, name) values ($1, 'Other')", other)
    await count(spine, {spine.queue_id: 5, other: 2})
    await count(spine, {spine.queue_id: -2})
    assert await said(spine) == {spine.queue_id: 3, other: 2}
    await fold(spine)
    assert await spine.value("select count(*) from queue_delta") == 0
    assert await said(spine) == {spine.queue_id: 3, other: 2}
    await count(spine, {spine.queue_id: 1})
    await fold(spine)
    await fold(spine)
    assert await said(spine) == {spine.queue_id: 4, other: 2}


async def test_what_does_not_change_leaves_no_delta(spine: Spine) -> None:
    await count(spine, {spine.queue_id: 0})
    await count(spine, {})
    assert await spine.value("select count(*) from queue_delta") == 0
    assert await said(spine) == {spine.queue_id: 0}


async def test_many_count_while_many_fold(spine: Spine) -> None:
    await asyncio.gather(
        *(count(spine, {spine.queue_id: n}) for n in range(-10, 21)), *(fold(spine) for _ in range(10))
    )
    assert await said(spine) == {spine.queue_id: sum(range(-10, 21))}
