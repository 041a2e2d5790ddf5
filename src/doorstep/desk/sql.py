"""The desk's statements. The view of a customer holds the room of commerce's own statement, and the story.

Each of them reads what belongs to `:customer_ids`; here these are all who are one person (`people`).
"""

from pathlib import Path

from doorstep.commerce import ORDERS_OF
from doorstep.customers import MEMBERS
from doorstep.store import Queries, beside

PEOPLE = "(select ids from people)"
_PARTS = Path(__file__).with_name("story.sql")
_places = Queries(_PARTS)
_around = Queries(_PARTS, before=_places["before"].written, after=_places["after"].written)["around"]


def _of_people(statement: str) -> str:
    return statement.replace(":customer_ids", PEOPLE)


def _page(places: str) -> str:
    return _of_people(Queries(_PARTS, places=places)["page"].written)


sql = beside(
    __file__,
    people=MEMBERS,
    orders=_of_people(ORDERS_OF),
    story=_page(_places["before"].written),
    story_after=_page(_places["after"].written),
    story_around=_page(_around.written),
)
