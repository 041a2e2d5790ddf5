"""Who looked at a customer's record is written down: one event an hour, and none for what was not there."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from doorstep.kernel import Attachment, new_id
from doorstep.people import Role
from tests.desk_room.conftest import Desk


async def looks(desk: Desk) -> list[dict[str, Any]]:
    """The looks that were told, numbered or not yet."""
    return await desk.spine.rows(
        "select data::text as data, customer_id, conversation_id, subject_id, actor_id from ("
        "select id, kind, data, customer_id, conversation_id, subject_id, actor_id from event union all "
        "select id, kind, data, customer_id, conversation_id, subject_id, actor_id from outbox) told "
        "where kind = 'customer.read' order by id"
    )


async def test_each_look_is_told_once(desk: Desk) -> None:
    sha256 = await desk.spine.edge.files.keep(b"a picture")
    file = Attachment("p.png", "image/png", 9, sha256)
    signal_id = await desk.come_in(desk.spine.signal(html="<p>Hi</p>", attachments=(file,)))
    (row,) = await desk.spine.rows(
        "select i.customer_id, i.conversation_id, a.id as attachment_id from interaction i, attachment a"
    )
    customer_id, conversation_id, attachment_id = row.values()
    paths = {
        "view": f"/api/customers/{customer_id}/view",
        "story": f"/api/customers/{customer_id}/story",
        "text": f"/api/interactions/{signal_id}/text",
        "page": f"/api/interactions/{signal_id}/page",
        "attachment": f"/api/interactions/{signal_id}/attachments/{attachment_id}",
        "conversation": f"/api/conversations/{conversation_id}",
        "print": f"/api/conversations/{conversation_id}/print",
    }
    about: dict[str, tuple[object, object]] = {
        "text": (None, signal_id),
        "page": (None, signal_id),
        "attachment": (None, attachment_id),
        "conversation": (conversation_id, None),
        "print": (conversation_id, None),
    }
    async with desk.also("otto@shop.example", Role.AUDITOR) as otto:
        actor_id = UUID(str(await desk.spine.value("select id from agent where role = 'auditor'")))
        for number, (what, path) in enumerate(paths.items(), 1):
            await desk.spine.run("update customer_look set told_at = told_at - interval '1 hour'")
            for _ in range(2):
                assert (await otto.get(path)).status_code == 200
            told = await looks(desk)
            assert len(told) == number
            assert msgspec.json.decode(told[-1]["data"]) == {"what": what}
            assert (told[-1]["customer_id"], told[-1]["actor_id"]) == (customer_id, actor_id)
            assert (told[-1]["conversation_id"], told[-1]["subject_id"]) == about.get(what, (None, None))


@pytest.mark.parametrize(
    "path",
    [
        "/api/customers/{}/view",
        "/api/customers/{}/story",
        "/api/conversations/{}",
        "/api/interactions/{}/text",
        "/api/interactions/{}/page",
        "/api/interactions/{}/attachments/{}",
    ],
)
async def test_what_is_not_there_is_404_and_no_look(desk: Desk, path: str) -> None:
    answer = await desk.maren.get(path.format(new_id(), new_id()))
    assert answer.status_code == 404
    assert answer.json()["status"] == 404
    assert await looks(desk) == []
