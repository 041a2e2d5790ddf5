"""Rules: whom an inbox trusts and whom it does not, as supervisors set it."""

from uuid import UUID

from doorstep.kernel import Invalid, NotFound
from doorstep.people import Me
from doorstep.spine.quarantine.judge import sql
from doorstep.spine.quarantine.learn import forget, remember
from doorstep.spine.quarantine.model import SenderRule
from doorstep.store import Connection, outbox

LONGEST = 320


async def rules_of(on: Connection, inbox_id: UUID) -> list[SenderRule]:
    """The latest first."""
    return await sql.rows(on, "rules_of", SenderRule, inbox_id=inbox_id)


async def change_rules(tx: Connection, inbox_id: UUID, pattern: str, is_trusted: bool | None, me: Me) -> None:
    """Trust, block, or (None) neither. Raises `NotFound`, `Invalid`."""
    if await sql.value(tx, "inbox_exists", id=inbox_id) is None:
        raise NotFound("There is no such inbox.")
    said = pattern.strip().lower()
    if not said.strip("@") or len(said) > LONGEST or said != "".join(said.split()):
        raise Invalid("Give an address, or a domain as @shop.example.")
    if is_trusted is not None:
        await remember(tx, inbox_id, said, is_trusted)
    elif not await forget(tx, inbox_id, said):
        raise NotFound("There is no rule for this sender.")
    await outbox.tell(tx, "inbox.changed", subject_id=inbox_id, actor_id=me.agent_id)
