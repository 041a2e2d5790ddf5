"""Decide: what lies in quarantine is wanted, and comes out, or is not, and is erased in time."""

from collections import Counter
from uuid import UUID

from doorstep.kernel import Conflict, NotFound
from doorstep.people import Me
from doorstep.routing import count_waiting
from doorstep.spine.quarantine.judge import sql
from doorstep.spine.quarantine.learn import forget, learn, remember
from doorstep.spine.quarantine.model import Held, Row, Taken
from doorstep.store import Connection, outbox

LAST = UUID(int=(1 << 128) - 1)


async def held(on: Connection, before: UUID | None = None, most: int = 50) -> list[Held]:
    """What waits, newest first."""
    return await sql.rows(on, "held", Held, before=before or LAST, most=most)


async def count_held(on: Connection) -> int:
    """How many wait."""
    return int(await sql.value(on, "count_held"))


async def release(tx: Connection, identifier: UUID, me: Me) -> None:
    """It is wanted: it takes the way of any other, and its sender is trusted in that inbox.

    What was marked in a story stands there again as it stood. Raises `NotFound`, `Conflict`.
    """
    row = await _row(tx, identifier)
    await learn(tx, row, -int(row.was_learnt), 1)
    await remember(tx, row.inbox_id, row.sender_value, is_trusted=True)
    await _let_out(tx, row, me)
    await outbox.tell(tx, "quarantine.released", subject_id=row.signal_id, actor_id=me.agent_id)


async def confirm(tx: Connection, identifier: UUID, me: Me) -> None:
    """It is unwanted: off the list, and its content is erased in time. Raises `NotFound`, `Conflict`."""
    row = await _row(tx, identifier)
    if row.state == "held":
        if not row.was_learnt:
            await learn(tx, row, 1, 0)
        await sql.run(tx, "confirm", id=row.id)
        await outbox.tell(tx, "quarantine.confirmed", subject_id=row.signal_id, actor_id=me.agent_id)


async def erase(tx: Connection, identifier: UUID, me: Me) -> None:
    """Erase its content at once; that it came is still counted. Raises `NotFound`."""
    row = await _row(tx, identifier)
    await sql.run(tx, "erase", ids=[row.id])
    await outbox.tell(tx, "quarantine.erased", subject_id=row.signal_id, actor_id=me.agent_id)


async def put_back(tx: Connection, identifier: UUID, me: Me) -> None:
    """Take a mark or a confirmation back: nothing is learnt of it, and nobody blocked for it.

    Raises `NotFound`, `Conflict`.
    """
    row = await _row(tx, identifier)
    if row.was_learnt:
        await learn(tx, row, -1, 0)
    if row.was_shown:
        await forget(tx, row.inbox_id, row.sender_value)
        await _let_out(tx, row, me)
    else:
        await sql.run(tx, "hold_again", id=row.id)
    await outbox.tell(tx, "quarantine.undone", subject_id=row.signal_id, actor_id=me.agent_id)


async def _row(tx: Connection, identifier: UUID) -> Row:
    row = await sql.row(tx, "row", Row, id=identifier)
    if row is None:
        raise NotFound("This one does not lie in quarantine any more.")
    if row.state == "erased":
        raise Conflict("Its content was erased; it cannot come back.")
    return row


async def _let_out(tx: Connection, row: Row, me: Me) -> None:
    if not row.was_shown:
        await sql.run(tx, "send_through", id=row.id)
        return
    stands = await sql.row(tx, "put_back", Taken, id=row.id)
    if stands is None:
        raise Conflict("Its conversation is gone; it cannot stand there again.")
    await sql.run(tx, "put_files_back", id=row.id)
    await sql.run(tx, "forget_row", id=row.id)
    await count_waiting(tx, Counter({stands.queue_id: stands.is_open - stands.was_open}))
    await outbox.tell(
        tx, "signal.shown", stands.customer_id, stands.conversation_id, row.signal_id, actor_id=me.agent_id
    )
