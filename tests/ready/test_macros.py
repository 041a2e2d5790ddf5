"""Ready words are kept by supervisors, and filled in for whoever is answered."""

from typing import Any

from doorstep.people import Role
from tests.commerce.shop import put_all
from tests.desk_room.conftest import Desk, desk
from tests.parts import until
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]

WORDS = (
    "<p>Dear {{customer.first_name}}, order {{order.number}} is {{order.state}}, on its way by "
    "{{parcel.carrier}} as {{parcel.tracking}}.</p><p>{{agent.name}}, {{inbox.name}}, {{today}}</p>"
)


async def opened(desk: Desk, sender: str, text: str) -> str:
    signal_id = await desk.come_in(desk.spine.signal(sender, text))
    return str(await desk.spine.value("select conversation_id from interaction where id = $1", signal_id))


async def kept(desk: Desk, **macro: Any) -> str:
    async with desk.also("jonas@shop.example", Role.SUPERVISOR) as jonas:
        answer = await jonas.post("/api/macros", json={"name": "Where it is", "html": WORDS, **macro})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


async def test_a_macro_says_what_is_known_of_the_order_that_was_named(desk: Desk) -> None:
    await put_all(desk.spine.db)
    whose = await desk.spine.value("select customer_id from sales_order where order_no = '48213'")
    await desk.spine.run(
        "insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, "
        "currency, total_minor) values (gen_random_uuid(), 'x', 'x', '#900+1', $1, now(), "
        "'cancelled', 'EUR', 1)",
        whose,
    )
    macro = await kept(desk, folder="Parcels", acts=["resolve", "take", "resolve"])
    named = await opened(desk, "ioanna.p@fastmail.example", "Where is 48213?\nI ordered 148213900 words.")
    said = (await desk.maren.post(f"/api/conversations/{named}/macros/{macro}")).json()
    assert "Dear Ioanna, order 48213 is open, on its way by" in said["html"]
    assert "Maren, Customer care, 20" in said["html"]
    assert said["acts"] == ["resolve", "take"]
    latest = await opened(desk, "ioanna.p@fastmail.example", "Where is it?")
    said = (await desk.maren.post(f"/api/conversations/{latest}/macros/{macro}")).json()
    assert "order #900+1 is cancelled, on its way by [parcel.carrier?] as [parcel.tracking?]." in said["html"]
    assert said["unknown"] == ["parcel.carrier", "parcel.tracking"]
    (row,) = (await desk.maren.get("/api/macros")).json()
    assert row == {
        **{"id": macro, "name": "Where it is", "folder": "Parcels", "queue": "", "uses": 2},
        "acts": ["resolve", "take"],
        "beginning": "Dear {{customer.first_name}}, order {{order.number}} is {{order.state}}, on its way by "
        "{{parcel.carrier}} as {{parcel.tracking}}. {{agent.name}}, {{inbox.name}}, {{today}}",
    }


async def test_nothing_is_known_of_a_stranger_and_their_name_is_only_a_name(desk: Desk) -> None:
    macro = await kept(desk)
    here = await opened(desk, "ana@mail.example", "Hello")
    await desk.spine.run("update customer set name = '<i>{{today}}</i> X'")
    said = (await desk.maren.post(f"/api/conversations/{here}/macros/{macro}")).json()
    assert "Dear &lt;i&gt;{{today}}&lt;/i&gt;, order [order.number?]" in said["html"]
    assert said["unknown"] == ["order.number", "order.state", "parcel.carrier", "parcel.tracking"]


async def test_what_is_kept_is_clean_changed_and_removed(desk: Desk) -> None:
    async with desk.also("jonas@shop.example", Role.SUPERVISOR) as jonas:
        body = {
            "name": " Thanks ",
            "html": '<p onclick="x()">Thank you<img src="cid:a"></p>',
            "queue": "Care",
        }
        macro = (await jonas.post("/api/macros", json=body)).json()["id"]
        at = f"/api/macros/{macro}"
        found = (await jonas.get(at)).json()
        assert (found["name"], found["html"], found["queue"]) == ("Thanks", "<p>Thank you</p>", "Care")
        for wrong, words in (
            ({"name": " "}, "name"),
            ({"html": "<p> </p>"}, "no words"),
            ({"html": "<p>{{order.nr}}</p>"}, "no {{order.nr}}"),
            ({"queue": "Nowhere"}, "no queue"),
        ):
            refused = await jonas.put(at, json={**body, **wrong})
            assert refused.status_code == 400
            assert words in refused.json()["detail"]
        assert (await jonas.put(at, json={**body, "html": "<p>Thanks</p>"})).status_code == 204
        assert (await jonas.get(at)).json()["html"] == "<p>Thanks</p>"
        assert (await jonas.delete(at)).status_code == 204
        assert [(await jonas.get(at)).status_code, (await jonas.delete(at)).status_code] == [404, 404]
    kinds = "select array_agg(kind order by seq) from event where kind like 'macro.%'"
    told = ["macro.added", "macro.changed", "macro.removed"]

    async def is_told() -> bool:
        return await desk.spine.value(kinds) == told

    await until(is_told)


async def test_a_macro_of_another_queue_is_not_offered(desk: Desk) -> None:
    here = await opened(desk, "ana@mail.example", "Hello")
    macro = await kept(desk, queue="Care")
    assert [row["id"] for row in (await desk.maren.get(f"/api/macros?conversation={here}")).json()] == [macro]
    await desk.spine.run("insert into queue (id, name) values (gen_random_uuid(), 'Other')")
    await desk.spine.run("update macro set queue_id = (select id from queue where name = 'Other')")
    assert (await desk.maren.get(f"/api/macros?conversation={here}")).json() == []
    assert (await desk.maren.post(f"/api/conversations/{here}/macros/{macro}")).status_code == 404
