"""Quarantine: look, let out, confirm, erase; and mark what stands in a story."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.params import Parameter

from doorstep.kernel import Bus, Clock
from doorstep.kernel.bus import SIGNALS
from doorstep.people import AGENTS, READERS, SUPERVISORS, Me
from doorstep.spine.quarantine.decide import confirm, count_held, erase, held, put_back, release
from doorstep.spine.quarantine.mark import mark
from doorstep.spine.quarantine.model import Held, SenderRule
from doorstep.spine.quarantine.rules import change_rules, rules_of
from doorstep.store import Connection, Database


class QuarantinePage(msgspec.Struct, frozen=True):
    """A page of what is held back; `next` is the cursor to go on with, `count` how many there are."""

    rows: list[Held]
    next: UUID | None
    count: int


class Marked(msgspec.Struct, frozen=True):
    """Its id in quarantine."""

    id: UUID


@get("/api/quarantine", opt=READERS)
async def get_quarantine(
    db: Database, after: UUID | None = None, limit: Annotated[int, Parameter(ge=1, le=200)] = 50
) -> QuarantinePage:
    """What is held back, newest first."""
    async with db.connection() as on:
        rows, count = await held(on, after, limit), await count_held(on)
    return QuarantinePage(rows, rows[-1].id if len(rows) == limit else None, count)


@post("/api/quarantine/{identifier:uuid}/release", opt=AGENTS, status_code=204)
async def post_release(tx: Connection, me: Me, bus: Bus, identifier: UUID) -> None:
    """It is wanted: let it out, and trust its sender in that inbox."""
    await release(tx, identifier, me)
    bus.wake(SIGNALS)


@post("/api/quarantine/{identifier:uuid}/confirm", opt=AGENTS, status_code=204)
async def post_confirm(tx: Connection, me: Me, identifier: UUID) -> None:
    """It is unwanted indeed: off the list, and erased in time."""
    await confirm(tx, identifier, me)


@post("/api/quarantine/{identifier:uuid}/undo", opt=AGENTS, status_code=204)
async def post_put_back(tx: Connection, me: Me, identifier: UUID) -> None:
    """Take the mark or the confirmation back."""
    await put_back(tx, identifier, me)


@delete("/api/quarantine/{identifier:uuid}", opt=SUPERVISORS, status_code=204)
async def delete_held(tx: Connection, me: Me, identifier: UUID) -> None:
    """Erase its content now."""
    await erase(tx, identifier, me)


@post("/api/interactions/{interaction_id:uuid}/unwanted", opt=AGENTS, status_code=200)
async def post_unwanted(tx: Connection, me: Me, clock: Clock, interaction_id: UUID) -> Marked:
    """Mark what a customer sent as unwanted: to quarantine, and its sender blocked in that inbox."""
    return Marked(await mark(tx, interaction_id, me, clock.now()))


@get("/api/inboxes/{inbox_id:uuid}/senders", opt=READERS)
async def get_senders(db: Database, inbox_id: UUID) -> list[SenderRule]:
    """Whom an inbox trusts and blocks, the latest 1,000."""
    async with db.connection() as on:
        return await rules_of(on, inbox_id)


@put("/api/inboxes/{inbox_id:uuid}/senders", opt=SUPERVISORS, status_code=204)
async def put_sender(tx: Connection, me: Me, inbox_id: UUID, data: SenderRule) -> None:
    """Trust or block an address, or a domain as `@shop.example`."""
    await change_rules(tx, inbox_id, data.pattern, data.is_trusted, me)


@delete("/api/inboxes/{inbox_id:uuid}/senders", opt=SUPERVISORS, status_code=204)
async def delete_sender(
    tx: Connection, me: Me, inbox_id: UUID, pattern: Annotated[str, Parameter(max_length=320)]
) -> None:
    """Neither trust nor block it any more."""
    await change_rules(tx, inbox_id, pattern, None, me)


routes = [
    get_quarantine,
    post_release,
    post_confirm,
    post_put_back,
    delete_held,
    post_unwanted,
    get_senders,
    put_sender,
    delete_sender,
]
