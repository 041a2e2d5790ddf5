"""The auditor reads what happened."""

from doorstep.people import Role
from doorstep.store import Database, outbox
from tests.house_edge.house import hire, house


async def test_pages_follow_each_other_without_gap(database: Database) -> None:
    desk = house(database)
    mia, leo = [await hire(database, Role.AGENT, name) for name in ("mia", "leo")]
    async with database.transaction() as tx:
        for number in range(5):
            await outbox.tell(tx, f"kind.{number}", actor_id=mia if number % 2 else leo, data={"n": number})
        await outbox.sql.run(tx, "sequence", most=100)
    auditor = await desk.signed_in(Role.AUDITOR)
    first = (await auditor.get("/api/audit", params={"limit": 3})).json()
    rest = (await auditor.get("/api/audit", params={"limit": 3, "after": first["next"]})).json()
    assert [row["kind"] for row in first["rows"] + rest["rows"]] == [f"kind.{n}" for n in range(5)]
    assert rest["next"] is None
    assert first["rows"][1]["data"] == {"n": 1}
    of_mia = (await auditor.get("/api/audit", params={"actor": str(mia)})).json()
    assert [row["data"]["n"] for row in of_mia["rows"]] == [1, 3]


async def test_a_page_has_a_limit_that_is_said(database: Database) -> None:
    auditor = await house(database).signed_in(Role.AUDITOR)
    answer = await auditor.get("/api/audit", params={"limit": 501})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"
