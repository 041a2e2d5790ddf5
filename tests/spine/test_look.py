"""A longer look at a signal comes back as a reading: the story says who vouches, and nothing else changes."""

import msgspec

from doorstep.desk.model import StoryPage
from doorstep.desk.view import story
from doorstep.kernel import Looks
from doorstep.spine import drain
from doorstep.spine.look import LOOK, Looking
from doorstep.store.jobs import Job
from doorstep.testing import MemoryChannel
from tests.parts import Spine


async def look(spine: Spine, channel: MemoryChannel) -> int:
    looking = Looking(spine.db, {"memory": channel}, spine.edge)
    rows = await spine.rows("delete from job where kind = $1 returning id, kind, payload, tries", LOOK)
    for row in rows:
        await looking(Job(*row.values()))  # type: ignore[arg-type]
    await drain(spine.worker())
    return len(rows)


async def test_what_is_found_is_in_the_story(spine: Spine) -> None:
    channel = MemoryChannel()
    channel.vouches = {"dkim": "pass d=mail.example"}
    assert isinstance(channel, Looks)
    await spine.accept(spine.signal(attested={"client_ip": "::1"}), spine.signal(is_past=True, text="Old"))
    await drain(spine.worker(looking={"memory"}))
    before = await spine.rows("select text, conversation_id from interaction order by id")
    assert await look(spine, channel) == 1
    assert await spine.rows("select text, conversation_id from interaction order by id") == before
    async with spine.db.connection() as on:
        customer_id = await on.fetchval("select id from customer")
        page = msgspec.json.decode(await story(on, customer_id, None), type=StoryPage)
    said = {entry.text: entry.attested for entry in page.entries}
    assert said == {
        "Where is it?": {"client_ip": "::1", "dkim": "pass d=mail.example"},
        "Old": {},
    }


async def test_nobody_looks_where_no_channel_does_or_nothing_is_found(spine: Spine) -> None:
    await spine.take_in(spine.signal())
    assert await look(spine, MemoryChannel()) == 0
    await spine.accept(spine.signal("b@mail.example"))
    await drain(spine.worker(looking={"memory"}))
    assert await look(spine, MemoryChannel()) == 1
    assert await spine.value("select count(*) from reading") == 0
