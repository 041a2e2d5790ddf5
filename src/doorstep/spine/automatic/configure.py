"""Configure: what an inbox answers by itself."""

from uuid import UUID

import msgspec

from doorstep import ready
from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.spine.automatic import calendar
from doorstep.spine.automatic.model import KNOWN, AutomaticAnswers
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)


async def answers_of(on: Connection, inbox_id: UUID) -> AutomaticAnswers:
    """As they are set; off when they never were. Raises `NotFound`."""
    if await sql.value(on, "inbox_there", id=inbox_id) is None:
        raise NotFound("There is no such inbox.")
    content = await sql.value(on, "answers_of", inbox_id=inbox_id)
    return msgspec.json.decode(content, type=AutomaticAnswers) if content else AutomaticAnswers()


async def configure(tx: Connection, inbox_id: UUID, answers: AutomaticAnswers, me: Me) -> None:
    """Set them. Raises `NotFound`, `Invalid`."""
    await answers_of(tx, inbox_id)
    calendar.check(answers.calendar)
    ready.check(answers.first_answer, KNOWN, "first_answer")
    ready.check(answers.out_of_office, KNOWN, "out_of_office")
    if answers.is_off and answers.calendar == calendar.Calendar():
        await sql.run(tx, "drop_answers", inbox_id=inbox_id)
    else:
        await sql.run(tx, "set_answers", inbox_id=inbox_id, content=msgspec.json.encode(answers))
    await outbox.tell(tx, "inbox.changed", subject_id=inbox_id, actor_id=me.agent_id)
