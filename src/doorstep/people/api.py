"""The routes of people: one's session, the agents, the audit."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import Cookie
from litestar.params import Parameter

from doorstep.conversations import release_all
from doorstep.kernel import SignInNeeded
from doorstep.people.add_agent import add_agent
from doorstep.people.audit import Asked, audit
from doorstep.people.change_password import change_password
from doorstep.people.change_role import change_role
from doorstep.people.end_agent import end_agent
from doorstep.people.gate import Gate
from doorstep.people.model import Agent, AuditPage, Colleague, Me, Session
from doorstep.people.roles import ADMINISTRATORS, ANYONE, ONESELF, READERS, SUPERVISORS_READ, WHOEVER, Role
from doorstep.people.session import COOKIE, session_of
from doorstep.people.set_password import set_password as set_their_password
from doorstep.people.sign_in import sign_in
from doorstep.people.sign_out import sign_out
from doorstep.store import Connection, Database, beside

sql = beside(__file__)

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class SignIn(msgspec.Struct, frozen=True):
    """What one signs in with."""

    sign_in: Short
    password: Secret


class NewPassword(msgspec.Struct, frozen=True):
    """The password one has, and the one to have from now on."""

    current: Secret
    new: Secret


class NewAgent(msgspec.Struct, frozen=True):
    """Somebody to add."""

    sign_in: Short
    name: Short
    role: Role
    password: Secret


class GivenPassword(msgspec.Struct, frozen=True):
    """A password for somebody who has forgotten theirs."""

    password: Secret


class GivenRole(msgspec.Struct, frozen=True):
    """What somebody is here to do from now on."""

    role: Role


@post("/api/session", opt=ANYONE)
async def start(data: SignIn, request: Request[Any, Any, Any], db: Database, gate: Gate) -> Response[Session]:
    """Sign in."""
    token = await sign_in(db, gate, data.sign_in, data.password, _address(request))
    async with db.connection() as on:
        session = await session_of(on, token, gate.clock.now())
    if session is None:
        raise SignInNeeded()
    return Response(session, status_code=201, cookies=[_cookie(token, gate.secure)])


@get("/api/session", opt=WHOEVER, sync_to_thread=False)
def read_session(request: Request[Any, Any, Any]) -> Session | None:
    """Who is signed in here; null when nobody is."""
    session: Session | None = request.scope["state"].get("session")
    return session


@delete("/api/session", opt=ONESELF)
async def end(request: Request[Any, Any, Any], tx: Connection, gate: Gate) -> Response[None]:
    """Sign out."""
    await sign_out(tx, request.cookies[COOKIE])
    return Response(None, status_code=204, cookies=[_cookie("", gate.secure)])


@post("/api/session/password", opt=ONESELF, status_code=204)
async def set_password(
    data: NewPassword, request: Request[Any, Any, Any], db: Database, gate: Gate, me: Me
) -> None:
    """Change one's own password; other sessions of the same person end."""
    token = request.cookies[COOKIE]
    await change_password(db, gate, me, token, data.current, data.new, _address(request))


@get("/api/agents", opt=ADMINISTRATORS)
async def read_agents(db: Database) -> list[Agent]:
    """Everybody who works here or did; those who do come first."""
    async with db.connection() as on:
        return await sql.rows(on, "agents", Agent)


@get("/api/colleagues", opt=READERS)
async def read_colleagues(db: Database) -> list[Colleague]:
    """Everybody who works here, by name."""
    async with db.connection() as on:
        return await sql.rows(on, "colleagues", Colleague)


@post("/api/agents", opt=ADMINISTRATORS)
async def add(data: NewAgent, tx: Connection, me: Me, gate: Gate) -> Agent:
    """Add somebody."""
    now = gate.clock.now()
    return await add_agent(tx, data.sign_in, data.name, data.role, data.password, now, by=me.agent_id)


@delete("/api/agents/{agent_id:uuid}", opt=ADMINISTRATORS)
async def end_one(agent_id: UUID, tx: Connection, me: Me, gate: Gate) -> None:
    """End somebody's work here, and their sessions; what they had not finished is nobody's."""
    now = gate.clock.now()
    await end_agent(tx, agent_id, now, by=me.agent_id)
    await release_all(tx, agent_id, me.agent_id, now)


@post("/api/agents/{agent_id:uuid}/password", opt=ADMINISTRATORS, status_code=204)
async def set_one(agent_id: UUID, data: GivenPassword, tx: Connection, me: Me, gate: Gate) -> None:
    """Give somebody a new password, which they must change when they sign in; their sessions end."""
    async with gate:
        await set_their_password(tx, agent_id, data.password, by=me.agent_id)


@put("/api/agents/{agent_id:uuid}/role", opt=ADMINISTRATORS)
async def put_role(agent_id: UUID, data: GivenRole, tx: Connection, me: Me) -> Agent:
    """Change what somebody is here to do."""
    return await change_role(tx, agent_id, data.role, by=me.agent_id)


@get("/api/audit", opt=SUPERVISORS_READ)
async def read_audit(
    db: Database,
    customer: UUID | None = None,
    actor: UUID | None = None,
    kind: Annotated[str | None, Parameter(max_length=100)] = None,
    before: Annotated[int | None, Parameter(ge=1, le=1 << 62)] = None,
    limit: Annotated[int, Parameter(ge=1, le=500)] = 100,
) -> AuditPage:
    """What people did here, newest first: with one customer, by one actor, of one kind; what came before."""
    async with db.connection() as on:
        return await audit(on, Asked(customer, actor, kind), before, limit)


def _address(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def _cookie(token: str, secure: bool) -> Cookie:
    """The session's cookie; an empty token takes it away."""
    return Cookie(
        COOKIE,
        value=token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
        max_age=None if token else 0,
    )


routes = [
    start,
    read_session,
    end,
    set_password,
    read_agents,
    read_colleagues,
    add,
    end_one,
    set_one,
    put_role,
    read_audit,
]
