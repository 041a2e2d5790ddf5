"""The routes by which an inbox is connected: the question, and where its answer comes to."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get, post
from litestar.response import Redirect

from doorstep.kernel import Clock
from doorstep.people import ADMINISTRATORS, Session
from doorstep.spine.pollers.consent import Asked, Channels, NotConnected, ask_for_consent, take_answer
from doorstep.store import Connection, Database

BACK = "/api/connect/return"
PAGE = "/settings/inboxes"
"""The desk's page that a person comes back to, with `connected=` an inbox, or `failed=` one and `why=`."""


@post("/api/inboxes/{inbox_id:uuid}/connect", opt=ADMINISTRATORS, status_code=200)
async def post_connect(
    tx: Connection, session: Session, clock: Clock, channels: Channels, house_address: str, inbox_id: UUID
) -> Asked:
    """Where to send a person who is to consent that this inbox is used."""
    return await ask_for_consent(tx, channels, inbox_id, f"{house_address}{BACK}", session, clock.now())


@get(BACK, opt=ADMINISTRATORS, status_code=303)
async def get_connect_return(
    request: Request[Any, Any, Any], db: Database, session: Session, clock: Clock, channels: Channels
) -> Redirect:
    """Where the provider sends that person back to; leads on to the desk."""
    answer = dict(request.query_params.items())
    try:
        inbox_id = await take_answer(db, channels, answer, session, clock.now())
    except NotConnected as error:
        said = {"failed": str(error.inbox_id), "why": error.detail}
    else:
        said = {"connected": str(inbox_id)}
    return Redirect(f"{PAGE}?{urlencode(said)}", status_code=303)


routes = [post_connect, get_connect_return]
