"""Acts: what an agent wanted done to the conversation when the reply has left."""

from datetime import datetime

from doorstep.conversations import change, head_of
from doorstep.people import Me
from doorstep.replies import Queued
from doorstep.spine.edge import sql
from doorstep.store import Connection

LEADS_TO = {"resolve": "resolved", "wait": "waiting"}


async def carry_out(tx: Connection, reply: Queued, now: datetime) -> None:
    """Do them, once. What was heard since the reply was written keeps the matter open."""
    me = await sql.row(tx, "author", Me, id=reply.agent_id) if reply.acts else None
    if me is None:
        return
    await sql.value(tx, "hold_conversation", id=reply.conversation_id)
    is_heard = await sql.value(tx, "heard_since", id=reply.conversation_id, at=reply.happened_at)
    for act in reply.acts:
        head = await head_of(tx, reply.conversation_id)
        is_done = head.agent_id == me.agent_id if act == "take" else head.state == LEADS_TO[act]
        if not is_done and not (is_heard and act in LEADS_TO):
            await change(tx, head.id, act, head.version, me, now)
