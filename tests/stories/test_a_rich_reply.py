"""A reply with its looks, files and quotation leaves by SMTP, and is a mail that every program can read."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

from tests.desk_room.conftest import Desk, desk
from tests.desk_room.test_attachments import with_file
from tests.parts import until
from tests.servers.sink import Sink, sink
from tests.stories.conftest import house, settings

__all__ = ["desk", "house", "settings"]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


async def leaves_to(desk: Desk, where: Sink) -> None:
    await desk.spine.run(
        "update inbox set settings = "
        "jsonb_build_object('host', $1::text, 'port', $2::int, 'security', 'none')",
        where.host,
        where.port,
    )


async def sent(desk: Desk, where: Sink, path: str, **body: Any) -> EmailMessage:
    answer = await desk.maren.post(f"{path}/replies", json=body)
    assert answer.status_code == 201, answer.text
    before = len(where.mails)
    await desk.spine.run("update job set due_at = now() - interval '1 second'")
    desk.house.house.bus.wake("jobs")
    await until(lambda: len(where.mails) > before)
    strict = email.policy.default.clone(raise_on_defect=True)
    mail = message_from_bytes(where.mails[-1].as_bytes(), policy=strict)
    assert isinstance(mail, EmailMessage)
    return mail


async def opened(desk: Desk, **more: object) -> tuple[str, str]:
    signal_id = await desk.come_in(desk.spine.signal(**more))  # type: ignore[arg-type]
    found = await desk.spine.value("select conversation_id from interaction where id = $1", signal_id)
    return f"/api/conversations/{found}", str(signal_id)


async def test_it_leaves_as_it_was_written(desk: Desk) -> None:
    path, _ = await opened(desk, subject="Parcel", text="Where is it?\nYours, I.")
    async with sink() as where:
        await leaves_to(desk, where)
        upload = f"{path}/draft/attachments"
        picture = (
            await desk.maren.post(upload, params={"name": "p.png", "inline": "true"}, content=PNG)
        ).json()
        file = (await desk.maren.post(upload, params={"name": "Größe.txt"}, content="Größe".encode())).json()
        html = (
            f'<h2>Sizes</h2><p>See <a href="https://shop.example/s" onclick="x()">the table</a></p>'
            f'<img src="cid:{picture["content_id"]}" alt="A shoe"><img src="https://t.example/x.gif">'
        )
        mail = await sent(
            desk,
            where,
            path,
            html=html,
            bcc=[{"kind": "mailbox", "value": "boss@shop.example"}],
            attachments=[picture["id"], file["id"]],
        )
    shape = [(part.get_content_type(), part.get_content_disposition()) for part in mail.walk()]
    assert shape == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("multipart/related", None),
        ("text/html", None),
        ("image/png", "inline"),
        ("text/plain", "attachment"),
    ]
    _, _, plain, _, page, image, text = mail.walk()
    assert isinstance(plain, EmailMessage)
    assert plain.get_content().startswith("Sizes\n\nSee the table <https://shop.example/s>\n")
    assert "> Where is it?\n> Yours, I." in plain.get_content()
    shown = page.get_content()  # type: ignore[attr-defined]
    assert "onclick" not in shown
    assert "t.example" not in shown
    assert '<blockquote type="cite"' in shown
    assert image["Content-ID"] == f"<{picture['content_id']}>"
    assert image.get_payload(decode=True) == PNG
    assert (text.get_filename(), text.get_payload(decode=True)) == ("Größe.txt", "Größe".encode())
    assert mail["Bcc"] is None
    assert "boss@" not in mail.as_string()
    assert where.recipients[-1] == ["ioanna@mail.example", "boss@shop.example"]
    stored = await desk.spine.value("select text from interaction where direction = 'out'")
    assert "Where is it?" not in str(stored)


async def test_an_inbox_may_quote_nothing(desk: Desk) -> None:
    path, _ = await opened(desk, subject="Parcel")
    async with sink() as where:
        await leaves_to(desk, where)
        await desk.spine.run("update inbox set settings = settings || '{\"quote\": false}'")
        mail = await sent(desk, where, path, text="On its way.")
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip() == "On its way."


async def test_a_third_person_is_asked_and_answers_here(desk: Desk) -> None:
    file = await with_file(desk.spine, "bill.pdf", "application/pdf", b"%PDF-1.4")
    path, of = await opened(desk, subject="Parcel", text="The bill is wrong.", attachments=(file,))
    promise = "select due_at from conversation"
    promised = await desk.spine.value(promise)
    async with sink() as where:
        await leaves_to(desk, where)
        to = [{"kind": "mailbox", "value": "carrier@parcel.example"}]
        nobody = await desk.maren.post(f"{path}/replies", json={"mode": "forward", "of": of, "text": "See"})
        assert nobody.status_code == 400
        mail = await sent(desk, where, path, mode="forward", of=of, to=to, text="Please look.")
    plain, attached = mail.get_body(("plain",)), next(mail.iter_attachments())
    assert isinstance(plain, EmailMessage)
    words = plain.get_content()
    assert words.startswith("Please look.\n\n---------- Forwarded message ----------\nFrom: Ioanna <ioanna@")
    assert "Subject: Parcel\n" in words
    assert words.strip().endswith("The bill is wrong.")
    assert (attached.get_filename(), attached.get_content()) == ("bill.pdf", b"%PDF-1.4")
    assert (mail["Subject"], mail["To"], mail["In-Reply-To"]) == (
        "Fwd: Parcel",
        "carrier@parcel.example",
        None,
    )
    assert await desk.spine.value(promise) == promised
    customer_id = await desk.spine.value("select customer_id from conversation")
    story = (await desk.maren.get(f"/api/customers/{customer_id}/story")).json()["entries"]
    assert [(e["mode"], [a["value"] for a in e["to"]]) for e in story if e.get("direction") == "out"] == [
        ("forward", ["carrier@parcel.example"])
    ]
    answered = await desk.come_in(
        desk.spine.signal("carrier@parcel.example", "We look.", references=(str(mail["Message-ID"]),))
    )
    (row,) = await desk.spine.rows(
        "select i.conversation_id, i.customer_id = c.customer_id as is_here, s.value "
        "from interaction i join conversation c on c.id = i.conversation_id "
        "join identity s on s.id = i.identity_id where i.id = $1",
        answered,
    )
    assert (row["is_here"], row["value"]) == (True, "carrier@parcel.example")
    assert str(row["conversation_id"]) in path
    own = "select customer_id from identity where value = $1"
    assert await desk.spine.value(own, "carrier@parcel.example") != await desk.spine.value(
        own, "ioanna@mail.example"
    )
