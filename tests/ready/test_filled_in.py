"""What is still to be filled in does not leave, and it is said what; a note may say anything."""

import pytest

from tests.desk_room.conftest import Desk, desk
from tests.ready.test_macros import kept, opened
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]


async def test_ready_words_that_nothing_was_known_for_do_not_leave(desk: Desk) -> None:
    here = f"/api/conversations/{await opened(desk, 'ana@mail.example', 'Hello')}"
    macro = await kept(desk, html="<p>Order <b>{{order.number}}</b> goes by {{parcel.carrier}}.</p>")
    html = (await desk.maren.post(f"{here}/macros/{macro}")).json()["html"]
    refused = await desk.maren.post(f"{here}/replies", json={"html": html})
    said = refused.json()
    assert (refused.status_code, said["title"]) == (400, "Not filled in")
    assert said["unknown"] == ["order.number", "parcel.carrier"]
    assert "We do not know the order's number or the carrier." in said["detail"]
    assert await desk.spine.value("select count(*) from interaction where direction = 'out'") == 0
    whole = html.replace("[order.number?]", "48213").replace("[parcel.carrier?]", "Northline")
    assert (await desk.maren.post(f"{here}/replies", json={"html": whole})).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Your order {{ order.number }}"},
        {"html": "<p>Your order [order.<b>number</b>?]</p>"},
        {"html": '<p>See <a href="https://s.example/[order.number?]">it</a></p>'},
        {"html": "<p>Fine.</p>", "text": "Your order [order.number?]"},
    ],
)
async def test_wherever_it_stands(desk: Desk, body: dict[str, str]) -> None:
    here = f"/api/conversations/{await opened(desk, 'ana@mail.example', 'Hello')}"
    refused = await desk.maren.post(f"{here}/replies", json=body)
    assert (refused.status_code, refused.json()["unknown"]) == (400, ["order.number"])


async def test_what_is_no_variable_leaves_and_a_note_says_anything(desk: Desk) -> None:
    here = f"/api/conversations/{await opened(desk, 'ana@mail.example', 'Hello')}"
    note = {"text": "{{order.number}} was not known"}
    assert (await desk.maren.post(f"{here}/notes", json=note)).status_code == 201
    reply = {"text": "Write {{name}} in it [really?]"}
    assert (await desk.maren.post(f"{here}/replies", json=reply)).status_code == 201


async def test_one_is_told_what_there_is_to_fill_in(desk: Desk) -> None:
    known = {each["name"]: each for each in (await desk.maren.get("/api/variables")).json()}
    assert known["agent.name"] == {
        **{"name": "agent.name", "words": "the name of whoever answers"},
        **{"example": "Maren", "always": True},
    }
    assert known["order.number"]["example"] == "48213"
