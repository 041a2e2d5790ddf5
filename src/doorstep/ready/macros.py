"""Macros: keep words ready, and fill them in for a conversation."""

from datetime import datetime
from html import unescape
from typing import Any
from uuid import UUID

import msgspec

from doorstep import pages
from doorstep.kernel import Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.ready.model import Filled, Macro, MacroName, NewMacro
from doorstep.ready.values import KNOWN, sql, values_of
from doorstep.ready.variables import check, filled_html
from doorstep.store import Connection, outbox

GONE = "There are no such ready words any more."


async def macros(on: Connection, conversation_id: UUID | None = None) -> list[MacroName]:
    """All, by folder and name; for a conversation, those for its queue and those for all."""
    if conversation_id is None:
        rows = await sql.rows(on, "macros", MacroName)
    else:
        rows = await sql.rows(on, "macros_for", MacroName, conversation_id=conversation_id)
    return [msgspec.structs.replace(row, beginning=_plain(row.beginning)) for row in rows]


def _plain(words: str) -> str:
    """What is left of HTML without its tags."""
    return " ".join(unescape(words).split())


async def macro(on: Connection, macro_id: UUID) -> Macro:
    """One with its words. Raises `NotFound`."""
    found = await sql.row(on, "macro", Macro, id=macro_id)
    if found is None:
        raise NotFound(GONE)
    return found


async def add_macro(tx: Connection, new: NewMacro, me: Me, now: datetime) -> UUID:
    """Keep words ready. Raises `Invalid`, `TooMuch`."""
    macro_id = new_id()
    await sql.run(tx, "put_macro", id=macro_id, now=now, **await _checked(tx, new))
    await outbox.tell(tx, "macro.added", subject_id=macro_id, actor_id=me.agent_id)
    return macro_id


async def change_macro(tx: Connection, macro_id: UUID, new: NewMacro, me: Me, now: datetime) -> None:
    """Say them otherwise. Raises `NotFound`, `Invalid`, `TooMuch`."""
    if not await sql.run(tx, "change_macro", id=macro_id, now=now, **await _checked(tx, new)):
        raise NotFound(GONE)
    await outbox.tell(tx, "macro.changed", subject_id=macro_id, actor_id=me.agent_id)


async def remove_macro(tx: Connection, macro_id: UUID, me: Me) -> None:
    """Keep them no longer; what was said with them stays. Raises `NotFound`."""
    if not await sql.run(tx, "drop_macro", id=macro_id):
        raise NotFound(GONE)
    await outbox.tell(tx, "macro.removed", subject_id=macro_id, actor_id=me.agent_id)


async def fill(
    tx: Connection, conversation_id: UUID, macro_id: UUID, me: Me, now: datetime, house: str = ""
) -> Filled:
    """Its words for this conversation; that they were used is counted. Raises `NotFound`."""
    values = await values_of(tx, conversation_id, me, now, house)
    used = await sql.row(tx, "use", Macro, id=macro_id, conversation_id=conversation_id)
    if used is None:
        raise NotFound(GONE)
    html, unknown = filled_html(used.html, values)
    return Filled(html, unknown, used.acts)


async def _checked(tx: Connection, new: NewMacro) -> dict[str, Any]:
    """As it is kept: without pictures, which belong to a message."""
    html = pages.without_pictures(pages.ours(new.html))
    name = new.name.strip()
    if not name:
        raise Invalid("Give it a name by which it is found.", field="name")
    if not pages.text_of(html).strip():
        raise Invalid("There are no words in it yet.", field="html")
    check(html, KNOWN, "html")
    queue_id = await sql.value(tx, "queue_there", name=new.queue.strip()) if new.queue.strip() else None
    if new.queue.strip() and queue_id is None:
        raise Invalid(f"There is no queue {new.queue.strip()}.", field="queue")
    acts = list(dict.fromkeys(new.acts))
    return {"name": name, "folder": new.folder.strip(), "html": html, "queue_id": queue_id, "acts": acts}
