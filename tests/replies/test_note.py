"""A note is among ourselves: it stands on the story, leaves by no channel, and takes nothing over."""

import pytest

from doorstep import replies
from doorstep.kernel import Invalid, TooMuch
from doorstep.replies.queue import LONGEST
from tests.replies.conftest import Composer


async def write(composer: Composer, text: str) -> replies.Note:
    async with composer.spine.db.transaction() as tx:
        return await replies.write_note(tx, text, composer.to(), composer.me, composer.clock.now())


async def test_it_stands_on_the_story_and_goes_nowhere(composer: Composer) -> None:
    note = await write(composer, "She called twice.")
    (row,) = await composer.spine.rows(
        "select direction, text, delivery, send_at, agent_id, message_id, recipients from interaction "
        "where id = $1",
        note.id,
    )
    assert row == {
        "direction": "note",
        "text": "She called twice.",
        "delivery": "",
        "send_at": None,
        "agent_id": composer.me.agent_id,
        "message_id": "",
        "recipients": b"[]",
    }
    assert await composer.spine.value("select count(*) from job") == 0
    (event,) = await composer.spine.told()
    assert (event["kind"], event["subject_id"], event["data"]) == ("note.written", note.id, "{}")


async def test_it_gives_the_conversation_to_nobody(composer: Composer) -> None:
    before = await composer.row()
    await write(composer, "Please look.")
    after = await composer.row()
    assert (after["agent_id"], after["due_at"], after["state"]) == (None, before["due_at"], "open")
    assert after["interactions"] == 2


async def test_an_empty_or_endless_note_is_refused(composer: Composer) -> None:
    with pytest.raises(Invalid):
        await write(composer, "  ")
    with pytest.raises(TooMuch):
        await write(composer, "x" * (LONGEST + 1))
