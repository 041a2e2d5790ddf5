"""Search within a story: the messages of one customer in which all the words stand, or longer ones."""

from uuid import UUID

from doorstep.desk.cursor import LAST, place
from doorstep.desk.model import FoundEntries, FoundEntry
from doorstep.desk.sql import sql
from doorstep.kernel import Invalid, NotFound
from doorstep.store import Connection

MOST = 100
LONGEST = 200
_QUOTED = str.maketrans({"\\": "\\\\", "'": "''"})


async def search_story(on: Connection, customer_id: UUID, said: str, before: str | None) -> FoundEntries:
    """Where these words stand, newest first.

    Raises `Invalid` when there are none, and for the cursor; `NotFound`.
    """
    before_at, before_id = place(before, LAST)
    if not await sql.value(on, "is_customer", id=customer_id):
        raise NotFound("There is no such customer.")
    found = await sql.rows(
        on,
        "search_story",
        FoundEntry,
        customer_id=customer_id,
        words=_asked(said),
        before_at=before_at,
        before_id=before_id,
        most=MOST,
    )
    return FoundEntries(found, found[-1].place if len(found) == MOST else None)


def _asked(said: str) -> str:
    """The words as PostgreSQL's `to_tsquery` wants them (manual, 12.3.2): each quoted, each a beginning."""
    words = said[:LONGEST].replace("\0", "").split()
    if not any(letter.isalnum() for letter in said):
        raise Invalid("Say a word to look for.")
    return " & ".join(f"'{word.translate(_QUOTED)}':*" for word in words if any(map(str.isalnum, word)))
