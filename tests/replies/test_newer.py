"""Newer: nobody answers over what they have not seen."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec
import pytest

from doorstep.kernel import Conflict, new_id
from doorstep.replies import NewReply, Reply
from doorstep.spine.outbound import answer
from doorstep.testing import MemoryChannel
from tests.replies.conftest import Composer


async def send(composer: Composer, **fields: Any) -> Reply:
    async with composer.spine.db.transaction() as tx:
        reply = NewReply(**{"text": "On its way.", **fields})
        return await answer(
            tx,
            {"memory": MemoryChannel()},
            composer.conversation_id,
            reply,
            composer.me,
            composer.clock.now(),
        )


async def first(composer: Composer) -> UUID:
    return UUID(str(await composer.spine.value("select id from interaction where direction = 'in'")))


async def write_again(composer: Composer, text: str) -> None:
    token = await composer.spine.token(composer.conversation_id)
    await composer.spine.take_in(composer.spine.signal("ioanna@mail.example", text, token=token))


async def test_what_the_customer_wrote_meanwhile_stops_it(composer: Composer) -> None:
    seen = await first(composer)
    await write_again(composer, "It came!")
    with pytest.raises(Conflict, match="wrote meanwhile") as stopped:
        await send(composer, as_of=seen)
    newer: Any = stopped.value.extra["newer"]
    assert (newer["kind"], newer["text"]) == ("message", "It came!")
    assert await composer.spine.value("select count(*) from job") == 0
    await send(composer, as_of=UUID(str(newer["id"])))


async def test_one_may_send_it_anyway_and_once(composer: Composer) -> None:
    seen, reply_id = await first(composer), new_id()
    await write_again(composer, "It came!")
    sent = await send(composer, as_of=seen, anyway=True, id=reply_id)
    assert await send(composer, as_of=seen, id=reply_id) == sent


async def test_of_two_colleagues_at_one_moment_the_second_is_told(composer: Composer) -> None:
    seen = await first(composer)
    leo = msgspec.structs.replace(composer, me=await composer.spine.hire("Leo"))
    both = await asyncio.gather(send(composer, as_of=seen), send(leo, as_of=seen), return_exceptions=True)
    (told,) = [one for one in both if not isinstance(one, Reply)]
    assert isinstance(told, Conflict)
    assert told.extra["newer"]["kind"] == "reply"  # type: ignore[index]


async def test_ones_own_reply_stops_nothing(composer: Composer) -> None:
    seen = await first(composer)
    await send(composer, as_of=seen)
    assert (await send(composer, text="And another.", as_of=seen)).state == "queued"
