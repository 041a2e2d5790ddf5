"""The routes of words that are ready: macros and signatures."""

from uuid import UUID

import msgspec
from litestar import delete, get, post, put

from doorstep.kernel import Clock
from doorstep.people import AGENTS, READERS, SUPERVISORS, Me
from doorstep.ready.macros import add_macro, change_macro, fill, macro, macros, remove_macro
from doorstep.ready.model import Filled, InboxSignature, Macro, MacroName, NewMacro, Signature, Variable
from doorstep.ready.signatures import drop_signature, set_signature, signature, signature_here, signatures
from doorstep.ready.values import variables
from doorstep.store import Connection, Database


class AddedMacro(msgspec.Struct, frozen=True):
    """The id of words that are ready now."""

    id: UUID


@get("/api/variables", opt=READERS)
async def get_variables(me: Me, clock: Clock) -> list[Variable]:
    """What can be filled into words that are ready, each with an example."""
    return variables(me, clock.now())


@get("/api/macros", opt=AGENTS)
async def get_macros(db: Database, conversation: UUID | None = None) -> list[MacroName]:
    """Words that are ready, by folder and name: all, or those for a conversation."""
    async with db.connection() as on:
        return await macros(on, conversation)


@post("/api/macros", opt=SUPERVISORS)
async def post_macro(tx: Connection, me: Me, clock: Clock, data: NewMacro) -> AddedMacro:
    """Keep words ready."""
    return AddedMacro(await add_macro(tx, data, me, clock.now()))


@get("/api/macros/{macro_id:uuid}", opt=SUPERVISORS)
async def get_macro(db: Database, macro_id: UUID) -> Macro:
    """Ready words as they were written, with their variables."""
    async with db.connection() as on:
        return await macro(on, macro_id)


@put("/api/macros/{macro_id:uuid}", opt=SUPERVISORS, status_code=204)
async def put_macro(tx: Connection, me: Me, clock: Clock, macro_id: UUID, data: NewMacro) -> None:
    """Say them otherwise."""
    await change_macro(tx, macro_id, data, me, clock.now())


@delete("/api/macros/{macro_id:uuid}", opt=SUPERVISORS)
async def delete_macro(tx: Connection, me: Me, macro_id: UUID) -> None:
    """Keep them no longer."""
    await remove_macro(tx, macro_id, me)


@post("/api/conversations/{conversation_id:uuid}/macros/{macro_id:uuid}", opt=AGENTS, status_code=200)
async def post_use(
    tx: Connection, me: Me, clock: Clock, house_address: str, conversation_id: UUID, macro_id: UUID
) -> Filled:
    """Ready words, filled in for this conversation; their use is counted."""
    return await fill(tx, conversation_id, macro_id, me, clock.now(), house_address)


@get("/api/signatures", opt=AGENTS)
async def get_signatures(db: Database, me: Me) -> list[InboxSignature]:
    """What stands under replies, inbox by inbox: everybody's, and one's own instead."""
    async with db.connection() as on:
        return await signatures(on, me)


@get("/api/conversations/{conversation_id:uuid}/signature", opt=AGENTS)
async def get_signature_here(db: Database, me: Me, clock: Clock, conversation_id: UUID) -> Signature:
    """What will stand under one's answer here; empty when nothing does."""
    async with db.connection() as on:
        return await signature_here(on, conversation_id, me, clock.now())


@get("/api/inboxes/{inbox_id:uuid}/signature", opt=AGENTS)
async def get_signature(db: Database, inbox_id: UUID) -> Signature | None:
    """Everybody's signature of an inbox; null when there is none."""
    async with db.connection() as on:
        return await signature(on, inbox_id)


@put("/api/inboxes/{inbox_id:uuid}/signature", opt=SUPERVISORS, status_code=204)
async def put_signature(tx: Connection, me: Me, inbox_id: UUID, data: Signature) -> None:
    """Set everybody's."""
    await set_signature(tx, inbox_id, data, me)


@delete("/api/inboxes/{inbox_id:uuid}/signature", opt=SUPERVISORS)
async def delete_signature(tx: Connection, me: Me, inbox_id: UUID) -> None:
    """Have none for everybody."""
    await drop_signature(tx, inbox_id, me)


@get("/api/inboxes/{inbox_id:uuid}/signature/mine", opt=AGENTS)
async def get_own_signature(db: Database, me: Me, inbox_id: UUID) -> Signature | None:
    """One's own signature of an inbox; null when everybody's stands there."""
    async with db.connection() as on:
        return await signature(on, inbox_id, me.agent_id)


@put("/api/inboxes/{inbox_id:uuid}/signature/mine", opt=AGENTS, status_code=204)
async def put_own_signature(tx: Connection, me: Me, inbox_id: UUID, data: Signature) -> None:
    """Set one's own; empty, nothing stands there."""
    await set_signature(tx, inbox_id, data, me, me.agent_id)


@delete("/api/inboxes/{inbox_id:uuid}/signature/mine", opt=AGENTS)
async def delete_own_signature(tx: Connection, me: Me, inbox_id: UUID) -> None:
    """Go back to everybody's."""
    await drop_signature(tx, inbox_id, me, me.agent_id)


routes = [
    get_variables,
    get_macros,
    post_macro,
    get_macro,
    put_macro,
    delete_macro,
    post_use,
    get_signatures,
    get_signature_here,
    get_signature,
    put_signature,
    delete_signature,
    get_own_signature,
    put_own_signature,
    delete_own_signature,
]
