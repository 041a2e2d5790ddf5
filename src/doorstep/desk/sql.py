"""The desk's statements. The view of a customer holds the room of commerce's own statement, and the story."""

from pathlib import Path

from doorstep.commerce import ORDERS_OF
from doorstep.store import Queries, beside

_PARTS = Path(__file__).with_name("story.sql")
_places = Queries(_PARTS)
_around = Queries(_PARTS, before=_places["before"].written, after=_places["after"].written)["around"]


def _page(places: str) -> str:
    return Queries(_PARTS, places=places)["page"].written


sql = beside(
    __file__,
    orders=ORDERS_OF,
    story=_page(_places["before"].written),
    story_after=_page(_places["after"].written),
    story_around=_page(_around.written),
)
