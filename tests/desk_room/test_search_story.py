"""Search within a story: where the words stand, newest first, and nobody else's."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from doorstep.desk import search_story as verb
from doorstep.desk.model import FoundEntries
from doorstep.desk.search_story import search_story
from doorstep.kernel import Invalid, NotFound, new_id
from tests.desk_room.conftest import Desk
from tests.parts import Spine

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = ["Where is my coffee machine?", "It's held: \\ 48213-1 it says.", "COFFEE again", "Nothing of it"]


@pytest.fixture
async def ioanna(spine: Spine) -> UUID:
    """Ioanna, who wrote four times; somebody else wrote of coffee too."""
    for number, text in enumerate(SAID):
        at = NOON + timedelta(minutes=number)
        await spine.take_in(spine.signal(text=text, subject=f"Subject {number}", happened_at=at))
    await spine.take_in(spine.signal("nils@mail.example", text="Coffee, please"))
    found = await spine.value("select customer_id from identity where value = 'ioanna@mail.example'")
    return UUID(str(found))


async def places(spine: Spine, customer_id: UUID, said: str, before: str | None = None) -> FoundEntries:
    async with spine.db.connection() as on:
        return await search_story(on, customer_id, said, before)


async def texts(spine: Spine, customer_id: UUID, said: str) -> list[object]:
    found = (await places(spine, customer_id, said)).entries
    return [await spine.value("select text from interaction where id = $1", entry.id) for entry in found]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("coffee", [2, 0]),
        ("COFF", [2, 0]),
        ("coffee machine", [0]),
        ("subject", [3, 2, 1, 0]),
        ("48213-1", [1]),
        ("it's", [1]),
        ("tea", []),
        ("& | ! <-> : * ( ) held", [1]),
        ("\\ held '", [1]),
    ],
)
async def test_where_words_stand(spine: Spine, ioanna: UUID, said: str, stands: list[int]) -> None:
    assert await texts(spine, ioanna, said) == [SAID[number] for number in stands]


async def test_it_goes_on_where_a_page_ended(
    spine: Spine, ioanna: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "MOST", 3)
    first = await places(spine, ioanna, "subject")
    rest = await places(spine, ioanna, "subject", first.next)
    found = [*first.entries, *rest.entries]
    assert [entry.happened_at for entry in found] == [NOON + timedelta(minutes=n) for n in (3, 2, 1, 0)]
    assert rest.next is None


async def test_a_place_is_where_the_story_can_be_read_around(desk: Desk) -> None:
    signal_id = await desk.come_in(desk.spine.signal(text="Where is my coffee machine?"))
    customer_id = await desk.spine.value("select customer_id from interaction where id = $1", signal_id)
    path = f"/api/customers/{customer_id}/story"
    (found,) = (await desk.maren.get(f"{path}/search", params={"q": "coffee"})).json()["entries"]
    page = (await desk.maren.get(path, params={"around": found["place"]})).json()
    assert [entry["id"] for entry in page["entries"]] == [found["id"]] == [str(signal_id)]
    both = await desk.maren.get(path, params={"around": found["place"], "after": found["place"]})
    assert both.status_code == 400
    unknown = await desk.maren.get(f"/api/customers/{new_id()}/story/search", params={"q": "coffee"})
    assert unknown.status_code == 404


async def test_words_are_asked_for_and_a_customer(spine: Spine, ioanna: UUID) -> None:
    for said in ("", " ", "?!", "\0"):
        with pytest.raises(Invalid):
            await places(spine, ioanna, said)
    with pytest.raises(NotFound):
        await places(spine, new_id(), "coffee")
