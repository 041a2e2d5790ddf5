"""The desk's statements. The view of a customer holds the room of commerce's own statement, and the story."""

from pathlib import Path

from doorstep.commerce import ORDERS_OF
from doorstep.store import Queries, beside

STORY = Queries(Path(__file__).with_name("story.sql"))["story"].written
sql = beside(__file__, orders=ORDERS_OF, story=STORY)
