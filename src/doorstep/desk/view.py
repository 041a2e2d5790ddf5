"""The 360° view: all we know of a customer, by one statement that returns JSON; and the story by pages."""

from typing import Literal
from uuid import UUID

from doorstep.desk.cursor import LAST, just_before, place
from doorstep.desk.model import Words
from doorstep.desk.sql import sql
from doorstep.kernel import NotFound
from doorstep.store import Connection

PAGE = 50

Way = Literal["before", "after", "around"]


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


async def story(
    on: Connection, customer_id: UUID, cursor: str | None, way: Way = "before", most: int = PAGE
) -> bytes:
    """A `StoryPage` of what came before, after or on both sides of a cursor, encoded.

    Around a cursor half of the page is earlier, and the entry that stands there is in it. Without a cursor:
    the newest. Raises `NotFound`, `Invalid` for the cursor.
    """
    here = place(cursor, LAST)
    after = just_before(here) if way == "around" else here
    found: str | None = await sql.value(
        on,
        f"story_{way}",
        customer_id=customer_id,
        before_at=here[0],
        before_id=here[1],
        after_at=after[0],
        after_id=after[1],
        most=-(-most // 2) if way == "around" else most,
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
