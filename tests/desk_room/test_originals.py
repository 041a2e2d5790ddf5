"""The original of what came: to the last byte, never shown by a browser, and each time in the audit."""

import re

import httpx

from doorstep.kernel import Arrival, new_id
from doorstep.people import Role
from tests.desk_room.conftest import Desk
from tests.parts import until

DISPOSITION = "content-disposition"
LARGE = b"x" * 200_000 + b"\xff\x00 the end"


def check(answer: httpx.Response, content: bytes) -> None:
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="original-[0-9a-f-]{36}\.txt"', answer.headers[DISPOSITION])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_it_is_the_very_bytes_and_told_each_time(desk: Desk) -> None:
    for raw in (b"From: a\r\n\r\n<script>\xff", LARGE):
        (signal_id,) = (await desk.spine.edge.accept([Arrival(desk.spine.signal(), raw)])).ids
        await until(lambda: desk.spine.value("select id from interaction where id = $1", signal_id))  # noqa: B023
        for _ in range(2):
            check(await desk.maren.get(f"/api/interactions/{signal_id}/original"), raw)
        told = "select count(*) from (select kind, subject_id from event union all select kind, subject_id "
        told += "from outbox) t where kind = 'customer.read_original' and subject_id = $1"
        assert await desk.spine.value(told, signal_id) == 2


async def test_what_could_not_be_shown_can_be_saved_by_a_supervisor(desk: Desk) -> None:
    (signal_id,) = (await desk.spine.accept(desk.spine.signal(text="as it came"))).ids
    waits = new_id()
    await desk.spine.run(
        "insert into undelivered (id, signal_id, received_at, inbox_id, channel, lane, priority, is_reading, "
        "tries, error) select $1, id, received_at, inbox_id, channel, 1, 1, false, 5, 'x' from journal "
        "where id = $2",
        *(waits, signal_id),
    )
    async with desk.also("sue@shop.example", Role.SUPERVISOR) as sue:
        check(await sue.get(f"/api/undelivered/{waits}/original"), b"as it came")
        assert (await sue.get(f"/api/undelivered/{new_id()}/original")).status_code == 404
    assert (await desk.maren.get(f"/api/interactions/{new_id()}/original")).status_code == 404
