"""What came with a message: only by the message it came with, shown only when it is harmless."""

from uuid import UUID

import pytest

from doorstep.desk.attachments import attachment, page
from doorstep.kernel import Attachment, NotFound, new_id
from tests.desk_room.conftest import Desk
from tests.parts import Spine

NAMES = [
    "plain.pdf",
    'a "quoted" name.pdf',
    "line\r\nSet-Cookie: x=1.pdf",
    "../../etc/passwd",
    "Größe 🦊.pdf",
    "semi;colon, comma=.pdf",
]
SHOWN = {
    "image/png": "image/png",
    "application/pdf": "application/pdf",
    "text/plain": "text/plain; charset=utf-8",
}
HTML = (
    '<p onclick="x()">Hi</p><img src="https://evil.example/p.gif"><img src="cid:logo@x">'
    '<img src="cid:none@x">'
    '<div style="background:url(https://evil.example/b.gif)">b</div><script>x()</script>'
    '<link rel="stylesheet" href="https://evil.example/s.css"><iframe src="https://evil.example"></iframe>'
)


async def with_file(
    spine: Spine,
    name: str = "p.png",
    media_type: str = "image/png",
    content: bytes = b"a picture",
    **more: object,
) -> Attachment:
    sha256 = await spine.edge.files.keep(content)
    return Attachment(name, media_type, len(content), sha256, **more)  # type: ignore[arg-type]


async def attached_to(spine: Spine, interaction_id: UUID) -> UUID:
    return UUID(str(await spine.value("select id from attachment where interaction_id = $1", interaction_id)))


async def test_it_is_read_by_its_own_message_alone(spine: Spine) -> None:
    file = await with_file(spine)
    one, other = await spine.take_in(
        spine.signal(attachments=(file,)), spine.signal("b@mail.example", attachments=(file,))
    )
    mine, foreign = await attached_to(spine, one), await attached_to(spine, other)
    async with spine.db.connection() as on:
        stored, content = await attachment(on, spine.edge.files, one, mine)
        for interaction_id, attachment_id in (
            (one, foreign),
            (other, mine),
            (one, new_id()),
            (new_id(), mine),
        ):
            with pytest.raises(NotFound):
                await attachment(on, spine.edge.files, interaction_id, attachment_id)
    customer_id = await spine.value("select customer_id from interaction where id = $1", one)
    assert (stored.name, stored.size, stored.customer_id, content) == ("p.png", 9, customer_id, b"a picture")


async def test_a_page_loads_nothing_from_afar_and_its_own_pictures_from_us(spine: Spine) -> None:
    file = await with_file(spine, content_id="logo@x", inline=True)
    (signal_id,) = await spine.take_in(spine.signal(html=HTML, attachments=(file,)))
    async with spine.db.connection() as on:
        customer_id, document, _ = await page(on, signal_id)
    picture = f"/api/interactions/{signal_id}/attachments/{await attached_to(spine, signal_id)}"
    assert f'src="{picture}"' in document
    assert document.count(" src=") == 1
    for word in ("onclick", "<script", "<iframe", "<link", "url(", ' src="https', "cid:"):
        assert word not in document
    assert customer_id == await spine.value("select id from customer")


async def test_a_message_without_a_page_has_none(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal())
    async with spine.db.connection() as on:
        for identifier in (signal_id, new_id()):
            with pytest.raises(NotFound):
                await page(on, identifier)


async def test_what_leaves_is_named_safely_and_shown_only_when_harmless(desk: Desk) -> None:
    kinds = ["image/png", "image/svg+xml", "text/html", "application/pdf", "image/png; x=y", "text/plain"]
    files = [
        await with_file(desk.spine, name, kind, name.encode())
        for name, kind in zip(NAMES, kinds, strict=True)
    ]
    signal_id = await desk.come_in(desk.spine.signal(attachments=tuple(files)))
    rows = await desk.spine.rows("select id, name from attachment order by position")
    for row, kind, file in zip(rows, kinds, files, strict=True):
        answer = await desk.maren.get(f"/api/interactions/{signal_id}/attachments/{row['id']}")
        assert answer.status_code == 200
        assert answer.content == file.name.encode()
        way, _, name = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
        assert name.isascii()
        assert not set(name) & set('"\\/;,= \r\n')
        assert way == ("inline" if kind in SHOWN else "attachment")
        assert answer.headers["Content-Type"] == SHOWN.get(kind, "application/octet-stream")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Set-Cookie" not in answer.headers


async def test_pictures_from_elsewhere_are_loaded_for_whom_somebody_said_so(desk: Desk) -> None:
    html = '<img src="https://a.example/p.png">'
    ids = [
        await desk.come_in(desk.spine.signal(sender, html=html))
        for sender in ("ann@mail.example", "ann@mail.example", "ben@mail.example")
    ]

    async def policy(identifier: UUID, asked: str = "") -> tuple[bool, bool]:
        answer = await desk.maren.get(f"/api/interactions/{identifier}/page{asked}")
        return " https:;" in answer.headers["Content-Security-Policy"], ' src="https:' in answer.text

    assert [await policy(one) for one in ids] == [(False, False)] * 3
    assert await policy(ids[0], "?pictures=true") == (True, True)
    assert (await desk.maren.put(f"/api/interactions/{ids[0]}/pictures")).status_code == 204
    assert [await policy(one) for one in ids] == [(True, True), (True, True), (False, False)]
    assert (await desk.maren.delete(f"/api/interactions/{ids[1]}/pictures")).status_code == 204
    assert [await policy(one) for one in ids] == [(False, False)] * 3
    assert (await desk.maren.put(f"/api/interactions/{new_id()}/pictures")).status_code == 404
