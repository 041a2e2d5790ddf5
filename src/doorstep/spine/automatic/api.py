"""Automatic answers: look at them, and set them."""

from uuid import UUID

from litestar import get, put

from doorstep.people import ADMINISTRATORS, SUPERVISORS_READ, Me
from doorstep.spine.automatic.configure import answers_of, configure
from doorstep.spine.automatic.model import AutomaticAnswers
from doorstep.store import Connection, Database


@get("/api/inboxes/{inbox_id:uuid}/automatic-answers", opt=SUPERVISORS_READ)
async def get_automatic_answers(db: Database, inbox_id: UUID) -> AutomaticAnswers:
    """What an inbox answers by itself."""
    async with db.connection() as on:
        return await answers_of(on, inbox_id)


@put("/api/inboxes/{inbox_id:uuid}/automatic-answers", opt=ADMINISTRATORS, status_code=204)
async def put_automatic_answers(tx: Connection, me: Me, inbox_id: UUID, data: AutomaticAnswers) -> None:
    """Set it; empty words are not sent."""
    await configure(tx, inbox_id, data, me)


routes = [get_automatic_answers, put_automatic_answers]
