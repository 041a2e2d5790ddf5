"""Signing out ends the session itself."""

from doorstep.people import COOKIE, Role
from doorstep.store import Database
from tests.house_edge.house import house, told


async def test_a_kept_cookie_is_worth_nothing_after(database: Database) -> None:
    desk = house(database)
    auditor = await desk.signed_in(Role.AUDITOR)
    token = auditor.cookies[COOKIE]
    answer = await auditor.delete("/api/session")
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    auditor.cookies.set(COOKIE, token)
    assert (await auditor.get("/api/session")).json() is None
    assert [kind for kind, *_ in await told(database)] == ["session.ended"]
