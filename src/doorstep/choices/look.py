"""Look: what a customer chose."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from doorstep.choices.model import ChoiceRow, Choices, StandingChoice
from doorstep.choices.stricter import stricter
from doorstep.store import Connection, beside

sql = beside(__file__)


async def choices_of(on: Connection, customer_ids: Sequence[UUID]) -> Choices:
    """What binds us with one person, who may be several records: the stricter of what each chose."""
    rows = await sql.rows(on, "standing_choices", ChoiceRow, customer_ids=list(customer_ids))
    by_id = {row.customer_id: msgspec.json.decode(row.content, type=Choices) for row in rows}
    return stricter(*(by_id[one] for one in customer_ids if one in by_id))


async def standing_choice(on: Connection, customer_id: UUID) -> StandingChoice:
    """What a record's own choice is, and how it is known."""
    row = next(iter(await sql.rows(on, "standing_choices", ChoiceRow, customer_ids=[customer_id])), None)
    if row is None:
        return StandingChoice(Choices())
    choices = msgspec.json.decode(row.content, type=Choices)
    return StandingChoice(choices, row.said_by, row.said_at, row.agent_name, row.how)
