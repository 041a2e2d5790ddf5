"""A conversation on paper: every word of it, in order, and nothing that acts."""

import html
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from doorstep.conversations import head_of
from doorstep.desk.print import parts, print_out
from doorstep.kernel import Address, AddressKind, Attachment, NotFound, new_id
from doorstep.people import Me
from doorstep.replies import NewNote
from doorstep.spine.outbound import note
from tests.desk_room.conftest import Desk
from tests.parts import Spine

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script><b onmouseover=x>'


def read(page: str) -> str:
    """What somebody reads there."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


async def printed(spine: Spine, conversation_id: UUID, me: Me, notes: bool = False, most: int = 500) -> str:
    async with spine.db.connection() as on:
        return (await print_out(on, conversation_id, me, notes, NOW, most)).html


async def test_it_says_who_when_what_with_which_files_and_the_notes_when_asked(spine: Spine) -> None:
    me = await spine.hire()
    sha256 = await spine.edge.files.keep(b"a picture")
    text = "Where is S-1004?\n\n> We sent it.\n\nOn Monday Maren wrote:\nIt left."
    conversation_id = await spine.opened(
        text=text,
        said="Where is S-1004?",
        subject="Parcel",
        happened_at=NOW,
        to=(Address(AddressKind.MAILBOX, "care@shop.example", "Care"),),
        cc=(Address(AddressKind.MAILBOX, "boss@mail.example"),),
        attachments=(Attachment("door.png", "image/png", 12_345, sha256),),
    )
    async with spine.db.transaction() as tx:
        head = await head_of(tx, conversation_id)
        await note(tx, conversation_id, NewNote("She rang before."), me, NOW + timedelta(hours=1))
        for number in ("S-1004", "S-10"):
            await tx.execute(
                "insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state, "
                "currency, total_minor) values ($1, 'x', $2, $2, $3, $4, 'open', 'EUR', 100)",
                *(new_id(), number, head.customer_id, NOW),
            )
    page = await printed(spine, conversation_id, me)
    words = read(page)
    for said in (
        *("Ioanna <ioanna@mail.example>", "4 May 2026, 09:30", "care@shop.example", "Subject Parcel"),
        *("Cc boss@mail.example", "door.png (12.3 kB)", "Orders named S-1004 Inbox", "without notes"),
        *("Customer Ioanna", "Addresses ioanna@mail.example", "Printed 4 May 2026, 09:30 by Maren"),
        " ".join(text.split()),
    ):
        assert said in words
    assert "She rang before." not in words
    assert '<div class="said" dir="auto">Where is S-1004?</div>' in page
    assert '<div class="quoted" dir="auto">' in page
    with_notes = read(await printed(spine, conversation_id, me, notes=True))
    assert "Note by Maren" in with_notes
    assert "She rang before." in with_notes


async def test_hostile_names_are_letters_only(spine: Spine) -> None:
    me = await spine.hire()
    sha256 = await spine.edge.files.keep(b"a picture")
    conversation_id = await spine.opened(
        subject=HOSTILE,
        text=f"</div>{HOSTILE}",
        attachments=(Attachment(HOSTILE, "image/png", 9, sha256),),
    )
    await spine.run("update customer set name = $1", HOSTILE)
    await spine.run("update identity set name = $1", HOSTILE)
    page = await printed(spine, conversation_id, me)
    assert html.unescape(page).count(HOSTILE) == 8
    assert "<script" not in page
    assert "<b " not in page


async def test_all_of_it_stands_in_order_and_a_longer_one_says_that_it_goes_on(spine: Spine) -> None:
    me = await spine.hire()
    conversation_id = await spine.opened(text="word 0.", subject="Words", message_id="<a@x>", happened_at=NOW)
    more = [
        spine.signal(text=f"word {n}.", references=("<a@x>",), happened_at=NOW + timedelta(minutes=n // 3))
        for n in range(1, 60)
    ]
    await spine.take_in(*more)
    rows = await spine.rows("select text from interaction order by happened_at, id")
    found = re.findall(r"word \d+\.", read(await printed(spine, conversation_id, me)))
    assert found == [row["text"] for row in rows]
    assert len(found) == 60
    cut = read(await printed(spine, conversation_id, me, most=59))
    assert "only its first 59 entries are printed" in cut
    assert len(re.findall(r"word \d+\.", cut)) == 59
    assert "goes on" not in read(await printed(spine, conversation_id, me, most=60))


async def test_the_route_allows_itself_its_style_alone(desk: Desk) -> None:
    signal_id = await desk.come_in(desk.spine.signal())
    conversation_id = await desk.spine.value(
        "select conversation_id from interaction where id = $1", signal_id
    )
    answer = await desk.maren.get(f"/api/conversations/{conversation_id}/print")
    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in policy + answer.text
    assert "unsafe" not in policy
    assert (await desk.maren.get(f"/api/conversations/{new_id()}/print")).status_code == 404


async def test_what_is_not_there_is_not_printed(spine: Spine) -> None:
    with pytest.raises(NotFound):
        await printed(spine, new_id(), await spine.hire())


@pytest.mark.parametrize(
    ("text", "said", "shown"),
    [
        ("Hi\n> old\nso", "", [("Hi", False), ("> old", True), ("so", False)]),
        ("above\nnew\nbelow", "new", [("above", True), ("new", False), ("below", True)]),
        ("all of it", "mended words", [("mended words", False), ("all of it", True)]),
        ("  ", "", []),
    ],
)
def test_what_is_not_newly_written_is_small(text: str, said: str, shown: list[tuple[str, bool]]) -> None:
    assert [(part.words, part.is_quoted) for part in parts(text, said)] == shown
