"""What stands under a reply leaves with it, above what is answered, and is no part of what was said."""

from email.message import EmailMessage

from doorstep.people import Role
from tests.desk_room.conftest import Desk, desk
from tests.servers.sink import sink
from tests.stories.conftest import house, settings
from tests.stories.test_a_rich_reply import leaves_to, opened, sent

__all__ = ["desk", "house", "settings"]

OURS = '<p>{{agent.name}}<br>{{inbox.name}} of <b onclick="x()">Finch &amp; Co</b></p>'


async def set_ours(desk: Desk, html: str = OURS) -> str:
    at = f"/api/inboxes/{desk.spine.inbox_id}/signature"
    async with desk.also("eleni@shop.example", Role.ADMINISTRATOR) as eleni:
        answer = await eleni.put(at, json={"html": html})
        assert answer.status_code == 204, answer.text
    return at


async def test_it_leaves_under_the_reply_and_above_what_is_answered(desk: Desk) -> None:
    await set_ours(desk)
    path, _ = await opened(desk, subject="Parcel", text="Where is it?")
    shown = "<p>Maren<br>Customer care of <b>Finch &amp; Co</b></p>"
    assert (await desk.maren.get(f"{path}/signature")).json() == {"html": shown}
    async with sink() as where:
        await leaves_to(desk, where)
        mail = await sent(desk, where, path, html="<p>On its way.</p>")
        plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
        assert isinstance(plain, EmailMessage)
        assert isinstance(page, EmailMessage)
        words, html = plain.get_content(), page.get_content()
        assert words.startswith("On its way.\n\n-- \nMaren\nCustomer care of Finch & Co\n\n")
        assert words.index("Finch & Co") < words.index("> Where is it?")
        assert html.index("On its way.") < html.index(shown) < html.index("<blockquote")
        without = await sent(desk, where, path, html="<p>Soon.</p>", sign=False)
        bare = await sent(desk, where, path, text="By text alone.")
    plain = without.get_body(("plain",))
    assert isinstance(plain, EmailMessage)
    assert "Finch" not in plain.get_content()
    assert "By text alone.\n\n-- \nMaren\n" in bare.get_content()
    said = await desk.spine.rows("select text, html from interaction where direction = 'out' order by id")
    assert [row["text"] for row in said] == ["On its way.", "Soon.", "By text alone."]
    assert "Finch" not in str(said)


async def test_ones_own_stands_there_instead_until_it_is_dropped(desk: Desk) -> None:
    at = await set_ours(desk)
    path, _ = await opened(desk, subject="Parcel")
    assert (await desk.maren.get(f"{at}/mine")).json() is None
    for own in ("<p>M. for {{inbox.name}}</p>", ""):
        assert (await desk.maren.put(f"{at}/mine", json={"html": own})).status_code == 204
        assert (await desk.maren.get(f"{at}/mine")).json() == {"html": own}
        here = (await desk.maren.get(f"{path}/signature")).json()["html"]
        assert here == own.replace("{{inbox.name}}", "Customer care")
    async with desk.also("ina@shop.example") as ina:
        assert "Ina<br>" in (await ina.get(f"{path}/signature")).json()["html"]
    assert (await desk.maren.delete(f"{at}/mine")).status_code == 204
    assert "Maren<br>" in (await desk.maren.get(f"{path}/signature")).json()["html"]


async def test_all_are_listed_with_ones_own(desk: Desk) -> None:
    at = await set_ours(desk)
    await desk.house.add_inbox("returns@shop.example")
    await desk.maren.put(f"{at}/mine", json={"html": "<p>M.</p>"})
    care, returns = (await desk.maren.get("/api/signatures")).json()
    assert (care["address"], care["own"], "Finch" in care["ours"]) == ("care@shop.example", "<p>M.</p>", True)
    assert (returns["inbox_name"], returns["own"], returns["ours"]) == ("Customer care", None, None)
    async with desk.also("ina@shop.example") as ina:
        assert (await ina.get("/api/signatures")).json()[0]["own"] is None


async def test_a_supervisor_sets_everybodys_and_an_agent_does_not(desk: Desk) -> None:
    at = f"/api/inboxes/{desk.spine.inbox_id}/signature"
    assert (await desk.maren.put(at, json={"html": OURS})).status_code == 403
    async with desk.also("jonas@shop.example", Role.SUPERVISOR) as jonas:
        assert (await jonas.put(at, json={"html": OURS})).status_code == 204
        assert (await jonas.delete(at)).status_code == 204


async def test_what_is_not_always_known_cannot_stand_in_it(desk: Desk) -> None:
    at = f"/api/inboxes/{desk.spine.inbox_id}/signature/mine"
    refused = await desk.maren.put(at, json={"html": "<p>{{order.number}}</p>"})
    assert (refused.status_code, refused.json()["field"]) == (400, "html")
    nowhere = await desk.maren.get("/api/inboxes/018f3f00-0000-7000-8000-000000000000/signature")
    assert nowhere.status_code == 404


async def test_undone_it_is_known_whether_it_was_signed(desk: Desk) -> None:
    await set_ours(desk)
    path, _ = await opened(desk, subject="Parcel")
    for sign in (True, False):
        reply = (await desk.maren.post(f"{path}/replies", json={"text": "Soon.", "sign": sign})).json()
        assert (await desk.maren.delete(f"/api/replies/{reply['id']}")).json()["sign"] is sign
