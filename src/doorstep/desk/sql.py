"""The desk's statements. The view of a customer holds the room of commerce's own statement, and the story.

Each of them reads what belongs to `:customer_ids`; here these are all who are one person (`people`).
"""

from pathlib import Path

from doorstep.commerce import ORDERS_OF
from doorstep.customers import MEMBERS
from doorstep.store import Queries, beside

PEOPLE = "(select ids from people)"
STORY = Queries(Path(__file__).with_name("story.sql"))["story"].written
sql = beside(
    __file__,
    people=MEMBERS,
    orders=ORDERS_OF.replace(":customer_ids", PEOPLE),
    story=STORY.replace(":customer_ids", PEOPLE),
)
