"""Signatures: what stands under the replies of an inbox, and what an agent has there instead."""

from datetime import datetime
from uuid import UUID

from doorstep import pages
from doorstep.kernel import NotFound
from doorstep.people import Me
from doorstep.ready.model import InboxSignature, Signature
from doorstep.ready.values import ALWAYS, always_values, inbox_of, sql
from doorstep.ready.variables import check, filled_html
from doorstep.store import Connection, outbox


async def signatures(on: Connection, me: Me) -> list[InboxSignature]:
    """Every inbox by its address, with everybody's and one's own, as they were written."""
    return await sql.rows(on, "signatures", InboxSignature, agent_id=me.agent_id)


async def signature(on: Connection, inbox_id: UUID, agent_id: UUID | None = None) -> Signature | None:
    """As it was written: everybody's, or an agent's own. None when there is none; raises `NotFound`."""
    await _inbox(on, inbox_id)
    html = await sql.value(on, "signature", inbox_id=inbox_id, agent_id=agent_id)
    return None if html is None else Signature(html)


async def set_signature(
    tx: Connection, inbox_id: UUID, new: Signature, me: Me, agent_id: UUID | None = None
) -> None:
    """Set it; an agent's own may be empty, and then nothing stands there. Raises `NotFound`, `Invalid`."""
    await _inbox(tx, inbox_id)
    html = pages.without_pictures(pages.ours(new.html))
    check(html, ALWAYS, "html")
    await sql.run(tx, "set_signature", inbox_id=inbox_id, agent_id=agent_id, html=html)
    await outbox.tell(tx, "signature.changed", subject_id=inbox_id, actor_id=me.agent_id)


async def drop_signature(tx: Connection, inbox_id: UUID, me: Me, agent_id: UUID | None = None) -> None:
    """Have none; without one's own, everybody's stands there again. Raises `NotFound`."""
    await _inbox(tx, inbox_id)
    await sql.run(tx, "drop_signature", inbox_id=inbox_id, agent_id=agent_id)
    await outbox.tell(tx, "signature.changed", subject_id=inbox_id, actor_id=me.agent_id)


async def signature_for(on: Connection, inbox_id: UUID, me: Me, now: datetime) -> str:
    """What stands under a reply of an agent by an inbox, filled in; empty when nothing does."""
    html = await sql.value(on, "signature_under", inbox_id=inbox_id, agent_id=me.agent_id)
    if not html or not pages.text_of(html).strip():
        return ""
    return filled_html(html, await always_values(on, inbox_id, me, now))[0]


async def signature_here(on: Connection, conversation_id: UUID, me: Me, now: datetime) -> Signature:
    """What will stand under an answer in a conversation. Raises `NotFound`."""
    return Signature(await signature_for(on, await inbox_of(on, conversation_id), me, now))


async def _inbox(on: Connection, inbox_id: UUID) -> None:
    if await sql.value(on, "inbox_name", id=inbox_id) is None:
        raise NotFound("There is no such inbox.")
