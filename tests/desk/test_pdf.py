"""An attached PDF opens in the browser's own viewer, under the headers we send."""

from io import BytesIO

from playwright.async_api import Frame
from pypdf import PdfWriter

from doorstep.kernel import new_id
from tests.desk.conftest import Open
from tests.desk.screens import SHOTS, window
from tests.desk.test_screens import WIDE, first_conversation
from tests.parts import until

PAGES = (
    """() => document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar')?.docLength"""
)
"""How many pages the viewer has found, once it is there."""


def three_pages() -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for _ in range(3):
        writer.add_blank_page(width=300, height=400)
    writer.write(file)
    return file.getvalue()


async def attach(desk: Open, conversation_id: str, content: bytes) -> None:
    sha256 = await desk.house.house.edge.files.keep(content)
    async with desk.house.house.db.connection() as on:
        await on.execute(
            "insert into attachment (id, interaction_id, position, name, media_type, size, sha256) "
            "select $1, id, 0, 'label.pdf', 'application/pdf', $3, $4 from interaction "
            "where conversation_id = $2 order by id limit 1",
            *(new_id(), conversation_id, len(content), sha256),
        )


async def test_its_pages_are_counted_by_the_viewer(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        where = await first_conversation(at.page)
        await attach(desk, where.rsplit("/", 1)[-1], three_pages())
        await at.go(where)
        async with at.page.context.expect_page() as opened:
            await at.page.get_by_role("link", name="label.pdf").click()
        tab = await opened.value

        def viewer() -> Frame | None:
            return next((each for each in tab.frames if each.url.startswith("chrome-extension:")), None)

        async def counts() -> bool:
            frame = viewer()
            return frame is not None and await frame.evaluate(PAGES) == 3

        await until(counts)
        await tab.screenshot(path=SHOTS / "pdf-viewer.png")
