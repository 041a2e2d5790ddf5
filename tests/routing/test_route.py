"""Route: the inbox says which queue, and by when."""

from datetime import timedelta
from uuid import UUID

import pytest

from doorstep.kernel import NotFound, new_id
from doorstep.routing import Route, route, routes
from doorstep.routing.route import sql
from tests.parts import Spine


async def known(spine: Spine, *inbox_ids: UUID) -> dict[UUID, Route]:
    async with spine.db.connection() as on:
        return routes(await sql.tuples(on, "routes", inbox_ids=inbox_ids))


async def test_each_goes_where_its_inbox_says_in_their_order(spine: Spine) -> None:
    queue_id, inbox_id = new_id(), new_id()
    await spine.run("insert into queue (id, name) values ($1, 'Returns')", queue_id)
    await spine.run(
        "insert into inbox (id, channel, name, address, queue_id, reply_within) "
        "values ($1, 'memory', 'Returns', 'returns@shop.example', $2, '30 minutes')",
        *(inbox_id, queue_id),
    )
    ways = await known(spine, inbox_id, spine.inbox_id)
    found = route([inbox_id, spine.inbox_id, inbox_id], ways)
    assert route([], ways) == []
    assert [r.queue_id for r in found] == [queue_id, spine.queue_id, queue_id]
    assert [r.reply_within for r in found] == [
        timedelta(minutes=30),
        timedelta(hours=4),
        timedelta(minutes=30),
    ]


async def test_an_inbox_nobody_configured_is_named(spine: Spine) -> None:
    unknown = new_id()
    with pytest.raises(NotFound, match=str(unknown)):
        route([spine.inbox_id, unknown], await known(spine, spine.inbox_id, unknown))
