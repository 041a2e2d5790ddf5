"""Sessions: 32 random bytes in a cookie, and in the database nothing but their SHA-256."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from doorstep.people.model import Session
from doorstep.store import Connection, beside

sql = beside(__file__)

COOKIE = "doorstep_session"
LENGTH = timedelta(hours=12)
"""How long a session lasts at most."""
IDLE = timedelta(hours=2)
"""How long it lasts when nothing comes."""
STALE = timedelta(minutes=1)
"""How old `seen_at` may be before it is written again."""


def digest(token: str) -> bytes:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode()).digest()


async def start_session(tx: Connection, agent_id: UUID, now: datetime) -> str:
    """Begin a session; returns its token, which is stored nowhere. Sweeps those that ended by themselves."""
    token = secrets.token_urlsafe(32)
    await sql.run(tx, "sweep_sessions", now=now, idle_since=now - IDLE)
    await sql.run(
        tx,
        "start_session",
        token=digest(token),
        agent_id=agent_id,
        csrf=secrets.token_urlsafe(24),
        now=now,
        expires_at=now + LENGTH,
    )
    return token


async def session_of(on: Connection, token: str, now: datetime) -> Session | None:
    """The session a token stands for, if it still does: one statement, which writes at most once a minute."""
    return await sql.row(
        on,
        "session",
        Session,
        token=digest(token),
        now=now,
        idle_since=now - IDLE,
        stale_since=now - STALE,
    )


async def session_holds(on: Connection, token: str, now: datetime) -> bool:
    """Whether a token still stands for a session; asking does not keep the session alive."""
    return bool(await sql.value(on, "session_holds", token=digest(token), now=now, idle_since=now - IDLE))
