"""The row of an import: added, begun, advanced with what it took, and ended."""

from collections.abc import Sequence
from uuid import UUID

from doorstep.kernel import Inbox, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.spine.moving.model import Counts, Import, Refusal, Run
from doorstep.spine.moving.past import Read
from doorstep.store import Connection, beside, outbox

sql = beside(__file__)
LAST = UUID(int=(1 << 128) - 1)


class Stopped(Exception):
    """Somebody cancelled it, or another one took it on."""


async def add(
    tx: Connection,
    inbox_id: UUID,
    name: str,
    paths: Sequence[str],
    ours: Sequence[str] = (),
    me: Me | None = None,
    import_id: UUID | None = None,
) -> UUID:
    """Add one; with `me` it was uploaded, and the house takes it on by itself."""
    import_id, actor_id = import_id or new_id(), me.agent_id if me else None
    await sql.run(
        tx, "add_import", id=import_id, inbox_id=inbox_id, name=name, paths=list(paths),
        is_uploaded=me is not None, ours=list(ours), agent_id=actor_id,
    )  # fmt: skip
    await outbox.tell(tx, "import.added", subject_id=import_id, actor_id=actor_id)
    return import_id


async def unfinished(on: Connection) -> Run | None:
    """The uploaded import that is next, if there is one."""
    return await sql.row(on, "unfinished_import", Run)


async def same(on: Connection, inbox_id: UUID, paths: Sequence[str]) -> Run | None:
    """The import of these files that was not ended, if there is one."""
    return await sql.row(on, "same_import", Run, inbox_id=inbox_id, paths=list(paths))


async def begin(tx: Connection, import_id: UUID, total: int, fingerprint: str) -> int:
    """Begin, or go on; returns how many are done. Files that have changed begin anew. Raises `Stopped`."""
    place = await sql.value(tx, "begin_import", id=import_id, total=total, fingerprint=fingerprint)
    if place is None:
        raise Stopped
    await sql.run(tx, "forget_refusals", id=import_id, place=place)
    return int(place)


async def advance(
    tx: Connection, import_id: UUID, was: int, read: Sequence[Read], fresh: Sequence[bool]
) -> Counts:
    """Note what became of the next ones, in the transaction that takes them. Raises `Stopped`."""
    refused = [(was + n, one) for n, one in enumerate(read) if one.parsed is None]
    counts = Counts(sum(fresh), len(fresh) - sum(fresh), len(refused))
    moved = await sql.value(
        tx, "advance_import", id=import_id, was=was, place=was + len(read),
        taken=counts.taken, known=counts.known, refused=counts.refused,
    )  # fmt: skip
    if moved is None:
        raise Stopped
    if refused:
        await sql.run(
            tx, "add_refusals", id=import_id, places=[place for place, _ in refused],
            found_at=[_text(one.planned.kept.place) for _, one in refused],
            message_ids=[one.planned.kept.name for _, one in refused],
            reasons=[_text(one.reason) for _, one in refused],
        )  # fmt: skip
    return counts


async def end(tx: Connection, import_id: UUID, state: str, error: str = "", me: Me | None = None) -> bool:
    """End one; False when it had ended."""
    if await sql.value(tx, "end_import", id=import_id, state=state, error=error) is None:
        return False
    await outbox.tell(tx, f"import.{state}", subject_id=import_id, actor_id=me.agent_id if me else None)
    return True


async def imports(on: Connection, after: UUID | None, most: int) -> list[Import]:
    """All, the newest first."""
    return await sql.rows(on, "imports", Import, before=after or LAST, most=most)


async def look(on: Connection, import_id: UUID) -> Import:
    """One. Raises `NotFound`."""
    found = await sql.row(on, "import", Import, id=import_id)
    if found is None:
        raise NotFound("There is no such import.")
    return found


async def refusals(on: Connection, import_id: UUID, after: int, most: int) -> list[Refusal]:
    """What was not taken, in its order."""
    return await sql.rows(on, "refusals", Refusal, id=import_id, after=after, most=most)


async def inbox_at(on: Connection, address: str, channels: Sequence[str]) -> Inbox:
    """The inbox of an address. Raises `Invalid` when there is none that could be moved into."""
    found = await sql.row(on, "inbox_at", Inbox, address=address.strip().lower(), channels=list(channels))
    if found is None:
        raise Invalid(f"There is no inbox {address} that history can be moved into. Add it first.")
    return found


async def inbox_to_fill(on: Connection, inbox_id: UUID) -> Inbox:
    """An inbox by its id. Raises `NotFound`."""
    found = await sql.row(on, "inbox_to_fill", Inbox, id=inbox_id)
    if found is None:
        raise NotFound("There is no such inbox.")
    return found


def _text(said: str) -> str:
    """As PostgreSQL can keep it: a file's name may be no UTF-8."""
    return said.replace("\0", "").encode("utf-8", "replace").decode()
