"""A customer's newest orders with all that hangs on them, as the store made the JSON."""

from collections.abc import Sequence
from uuid import UUID

from doorstep.commerce.write import sql
from doorstep.store import Connection


async def orders_of(on: Connection, customer_ids: Sequence[UUID]) -> bytes:
    """The newest 20 orders of these customers together, newest first: a JSON array of `Order`."""
    found: str = await sql.value(on, "orders_of", customer_ids=list(customer_ids))
    return found.encode()


ORDERS_OF = sql["orders_of"].written
"""The statement itself, for the view that holds a customer's orders among other things."""
