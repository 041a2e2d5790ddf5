"""Route: the inbox says which queue, and by when."""

from datetime import timedelta

import pytest

from doorstep.kernel import NotFound, new_id
from doorstep.routing import route
from tests.parts import Spine


async def test_each_goes_where_its_inbox_says_in_their_order(spine: Spine) -> None:
    queue_id, inbox_id = new_id(), new_id()
    await spine.run("insert into queue (id, name) values ($1, 'Returns')", queue_id)
    await spine.run(
        "insert into inbox (id, channel, name, address, queue_id, reply_within) "
        "values ($1, 'memory', 'Returns', 'returns@shop.example', $2, '30 minutes')",
        *(inbox_id, queue_id),
    )
    async with spine.db.connection() as on:
        routes = await route(on, [inbox_id, spine.inbox_id, inbox_id])
        assert await route(on, []) == []
    assert [r.queue_id for r in routes] == [queue_id, spine.queue_id, queue_id]
    assert [r.reply_within for r in routes] == [
        timedelta(minutes=30),
        timedelta(hours=4),
        timedelta(minutes=30),
    ]


async def test_an_inbox_nobody_configured_is_named(spine: Spine) -> None:
    unknown = new_id()
    async with spine.db.connection() as on:
        with pytest.raises(NotFound, match=str(unknown)):
            await route(on, [spine.inbox_id, unknown])
