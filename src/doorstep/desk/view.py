"""The 360° view: all we know of a customer, by one statement that returns JSON."""

from uuid import UUID

from doorstep.desk.cursor import LAST, place
from doorstep.desk.model import Words
from doorstep.desk.sql import sql
from doorstep.kernel import NotFound
from doorstep.store import Connection

PAGE = 50


async def view(on: Connection, customer_id: UUID, most: int = PAGE) -> bytes:
    """A `CustomerView`, encoded. Raises `NotFound`."""
    before_at, before_id = LAST
    found: str | None = await sql.value(
        on,
        "view",
        customer_id=customer_id,
        before_at=before_at,
        before_id=before_id,
        most=most,
    )
    return _there(found)


async def story(on: Connection, customer_id: UUID, before: str | None, most: int = PAGE) -> bytes:
    """A `StoryPage` of what came before a cursor, encoded. Raises `NotFound`, `Invalid` for the cursor."""
    before_at, before_id = place(before, LAST)
    found: str | None = await sql.value(
        on,
        "story",
        customer_id=customer_id,
        before_at=before_at,
        before_id=before_id,
        most=most,
    )
    return _there(found)


async def words(on: Connection, interaction_id: UUID) -> Words:
    """All that was said, however long: the story holds its beginning. Raises `NotFound`."""
    found = await sql.row(on, "words_of", Words, id=interaction_id)
    if found is None:
        raise NotFound("There is no such message.")
    return found


def _there(found: str | None) -> bytes:
    if found is None:
        raise NotFound("There is no such customer.")
    return found.encode()
