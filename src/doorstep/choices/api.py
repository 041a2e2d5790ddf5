"""The routes of what customers chose."""

from collections.abc import Mapping
from uuid import UUID

from litestar import get, put

from doorstep.choices.change import change_choices
from doorstep.choices.count import refusals
from doorstep.choices.look import standing_choice
from doorstep.choices.model import NewChoices, Refusals, StandingChoice
from doorstep.kernel import Channel, Clock
from doorstep.people import AGENTS, READERS, SUPERVISORS_READ, Me, note_look
from doorstep.store import Connection, Database


@get("/api/customers/{customer_id:uuid}/choices", opt=READERS)
async def get_choices(tx: Connection, me: Me, customer_id: UUID) -> StandingChoice:
    """How a customer chose to be reached."""
    found = await standing_choice(tx, customer_id)
    if found.said_by:
        await note_look(tx, me, customer_id, "choices")
    return found


@put("/api/customers/{customer_id:uuid}/choices", opt=AGENTS, status_code=200)
async def put_choices(
    tx: Connection, me: Me, clock: Clock, channels: Mapping[str, Channel], customer_id: UUID, data: NewChoices
) -> StandingChoice:
    """Note what a customer chose, whole, and how that is known; what held before is kept as history."""
    await change_choices(tx, customer_id, data, channels, me, clock.now())
    return await standing_choice(tx, customer_id)


@get("/api/choices/refused", opt=SUPERVISORS_READ)
async def get_refused(db: Database, clock: Clock) -> Refusals:
    """How many replies against a customer's choice were stopped."""
    async with db.connection() as on:
        return await refusals(on, clock.now())


routes = [get_choices, put_choices, get_refused]
