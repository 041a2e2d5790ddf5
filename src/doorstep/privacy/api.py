"""The routes of what a person may ask for."""

from uuid import UUID

from litestar import get, post
from litestar.response import Response, Stream

from doorstep.customers import members
from doorstep.kernel import Bus, Clock
from doorstep.kernel.bus import JOBS
from doorstep.people import SUPERVISORS, SUPERVISORS_READ, Me
from doorstep.privacy.erase import erase_confirmed
from doorstep.privacy.export import as_html, as_json, check_there
from doorstep.privacy.model import Erase, ErasurePreview
from doorstep.privacy.preview import preview
from doorstep.store import Connection, Database, outbox

PAGE_POLICY = "default-src 'none'; sandbox"
ERASURE = "/api/customers/{customer_id:uuid}/erasure"


@get(ERASURE, opt=SUPERVISORS_READ)
async def get_erasure(tx: Connection, customer_id: UUID) -> Response[ErasurePreview]:
    """What would go if this customer were erased; the `ETag` names exactly that."""
    found = await preview(tx, await members(tx, customer_id))
    return Response(found, headers={"ETag": f'"{found.state}"'})


@post(ERASURE, opt=SUPERVISORS, status_code=204)
async def post_erasure(
    tx: Connection, me: Me, clock: Clock, bus: Bus, customer_id: UUID, data: Erase
) -> None:
    """Erase a customer, now and for good, as it was shown: their words, addresses and files go."""
    await erase_confirmed(tx, await members(tx, customer_id), data, me, clock.now())
    bus.wake(JOBS)


@get("/api/customers/{customer_id:uuid}/export.json", opt=SUPERVISORS_READ, media_type="application/json")
async def get_export_json(tx: Connection, db: Database, me: Me, clock: Clock, customer_id: UUID) -> Stream:
    """All that is known of a customer, for a program; attachments by name and SHA-256."""
    content = as_json(db, await _told(tx, me, customer_id, "json"), clock.now())
    return Stream(content, media_type="application/json", headers=_saved(customer_id, "json"))


@get("/api/customers/{customer_id:uuid}/export.html", opt=SUPERVISORS_READ, media_type="text/html")
async def get_export_html(tx: Connection, db: Database, me: Me, clock: Clock, customer_id: UUID) -> Stream:
    """All that is known of a customer, to read."""
    content = as_html(db, await _told(tx, me, customer_id, "html"), clock.now())
    return Stream(content, media_type="text/html; charset=utf-8", headers=_saved(customer_id, "html"))


async def _told(tx: Connection, me: Me, customer_id: UUID, form: str) -> list[UUID]:
    """All the records that are this person, once the audit has it that they are taken out."""
    records = await members(tx, customer_id)
    await check_there(tx, records)
    await outbox.tell(tx, "customer.exported", customer_id, actor_id=me.agent_id, data={"as": form})
    return records


def _saved(customer_id: UUID, ending: str) -> dict[str, str]:
    name = f'attachment; filename="customer-{customer_id}.{ending}"'
    return {"Content-Disposition": name, "Content-Security-Policy": PAGE_POLICY}


routes = [get_erasure, post_erasure, get_export_json, get_export_html]
