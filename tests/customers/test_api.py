"""Over HTTP: a preview, a merge, a matter over both records that is answered, and the way back."""

from typing import Any

from doorstep.kernel import new_id
from tests.desk_room.conftest import Desk, desk
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]


async def rows_of(desk: Desk) -> dict[str, dict[str, Any]]:
    rows = (await desk.maren.get("/api/queue?view=all")).json()["rows"]
    return {row["matter"]: row for row in rows}


async def test_two_records_are_one_and_two_again(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal("ana@mail.example", subject="Grinder", message_id="<a@x>"))
    await desk.come_in(desk.spine.signal("anna@work.example", subject="Scale", message_id="<b@x>"))
    queue = await rows_of(desk)
    ana, anna = queue["Grinder"]["customer_id"], queue["Scale"]["customer_id"]

    seen = (await desk.maren.get(f"/api/customers/{ana}/merge-preview?with={anna}")).json()
    assert (seen["one"]["name"], seen["other"]["open_conversations"], seen["is_one"]) == ("Ana", 1, False)
    refused = await desk.maren.post(
        f"/api/conversations/{queue['Grinder']['id']}/join", json={"with": queue["Scale"]["id"]}
    )
    assert refused.status_code == 409
    link = (
        await desk.maren.post(f"/api/customers/{ana}/merge", json={"with": anna, "why": "She says so."})
    ).json()
    assert (link["one_name"], link["other_name"], link["by_name"], link["why"]) == (
        "Ana",
        "Anna",
        "Maren",
        "She says so.",
    )
    assert (await desk.maren.get(f"/api/customers/{anna}/view")).json()["customer"]["ids"] == [ana, anna]

    joined = (
        await desk.maren.post(
            f"/api/conversations/{queue['Grinder']['id']}/join", json={"with": queue["Scale"]["id"]}
        )
    ).json()
    assert (joined["matter"], len(joined["parts"]), list(await rows_of(desk))) == ("Grinder", 2, ["Grinder"])
    note = (
        await desk.maren.post(f"/api/conversations/{joined['id']}/notes", json={"text": "Both at once"})
    ).json()
    answered = await desk.maren.post(
        f"/api/conversations/{joined['id']}/replies",
        json={"text": "On its way.", "id": str(reply := new_id())},
    )
    again = await desk.maren.post(
        f"/api/conversations/{joined['id']}/replies", json={"text": "On its way.", "id": str(reply)}
    )
    assert (answered.status_code, again.json()) == (201, answered.json())
    left_from = await desk.spine.value("select conversation_id from interaction where id = $1", reply)
    assert str(left_from) == queue["Scale"]["id"], "it answers what was heard last, where it was heard"
    (shared,) = (await desk.maren.get(f"/api/links/{link['id']}/shared")).json()
    assert (shared["id"], shared["kind"], shared["what"]) == (note["id"], "note", "Both at once")

    ended = await desk.maren.post(f"/api/links/{link['id']}/unmerge", json={"choices": {note["id"]: "other"}})
    assert ended.json()["ended_by_name"] == "Maren"
    stories = [
        (await desk.maren.get(f"/api/customers/{one}/view")).json()["story"]["entries"] for one in (ana, anna)
    ]
    assert [[e["text"] for e in entries] for entries in stories] == [
        ["Where is it?"],
        ["Where is it?", "Both at once", "On its way."],
    ]
    assert sorted(await rows_of(desk)) == ["Grinder", "Scale"]
    assert (await desk.maren.get(f"/api/conversations/{joined['id']}")).json()["id"] == queue["Grinder"]["id"]
    again = await desk.maren.post(f"/api/links/{link['id']}/unmerge", json={})
    assert again.status_code == 200


async def test_the_audit_says_who_and_why_for_all_of_a_person(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal("ana@mail.example", subject="Grinder", message_id="<a@x>"))
    await desk.come_in(desk.spine.signal("anna@work.example", subject="Scale", message_id="<b@x>"))
    queue = await rows_of(desk)
    ana, anna = queue["Grinder"]["customer_id"], queue["Scale"]["customer_id"]
    await desk.maren.post(f"/api/customers/{ana}/merge", json={"with": anna, "why": "She says so."})
    await desk.spine.told()
    await desk.spine.run("update agent set role = 'supervisor'")
    found = (await desk.maren.get(f"/api/audit?customer={anna}&kind=customer.merged")).json()["rows"]
    assert [(row["customer_id"], row["why"]) for row in found] == [(ana, "She says so.")]


async def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal("ana@mail.example", subject="Grinder"))
    ana = (await rows_of(desk))["Grinder"]["customer_id"]
    nobody = str(new_id())
    assert (await desk.maren.post(f"/api/customers/{ana}/merge", json={"with": ana})).status_code == 400
    assert (await desk.maren.post(f"/api/customers/{ana}/merge", json={"with": nobody})).status_code == 404
    assert (await desk.maren.get(f"/api/customers/{ana}/merge-preview?with={nobody}")).status_code == 404
    assert (await desk.maren.get(f"/api/links/{nobody}/shared")).status_code == 404
    assert (await desk.maren.post(f"/api/links/{nobody}/unmerge", json={})).status_code == 404
    assert (await desk.maren.post(f"/api/joins/{nobody}/undo", json={})).status_code == 404


async def test_split_and_a_day_over_http(desk: Desk) -> None:
    await desk.come_in(desk.spine.signal(subject="Grinder", message_id="<a@x>"))
    await desk.come_in(desk.spine.signal(subject="Scale", message_id="<b@x>", references=("<a@x>",)))
    row = (await rows_of(desk))["Grinder"]
    story = (await desk.maren.get(f"/api/customers/{row['customer_id']}/view")).json()["story"]["entries"]
    made = (
        await desk.maren.post(f"/api/conversations/{row['id']}/split", json={"from": story[1]["id"]})
    ).json()
    assert (made["matter"], made["split"][0]["from_matter"]) == ("Scale", "Grinder")
    back = (await desk.maren.post(f"/api/conversations/{made['id']}/unsplit")).json()
    assert (back["id"], back["split"]) == (row["id"], [])
    waits = await desk.maren.post(
        f"/api/conversations/{row['id']}/wait",
        json={"version": back["version"], "until": "2099-01-01T09:00:00Z"},
    )
    assert waits.json()["follow_up_at"] == "2099-01-01T09:00:00Z"
