"""On paper: the verb opens a page for the printer, and its PDF has the words."""

import re
from io import BytesIO

from playwright.async_api import expect
from pypdf import PdfReader

from tests.desk.conftest import Open
from tests.desk.screens import SHOTS, window
from tests.desk.test_screens import WIDE, first_conversation


def words_of(pdf: bytes) -> str:
    """All that is written in it."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


async def test_a_conversation_opens_as_paper_in_a_new_tab_and_its_pdf_has_the_words(desk: Open) -> None:
    async with window(desk.browser, desk.address, desk.cookie, WIDE) as at:
        await at.go("/")
        await at.go(await first_conversation(at.page))
        said = await at.page.locator(".said").first.inner_text()
        await at.shot("print-link-light")
        async with at.page.context.expect_page() as opened:
            await at.page.get_by_role("link", name="Print").click()
        paper = await opened.value
        await paper.wait_for_load_state()
        assert re.search(r"/api/conversations/[0-9a-f-]+/print$", paper.url)
        assert (
            await paper.evaluate("() => getComputedStyle(document.body).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        assert await paper.locator("script").count() == 0
        await expect(paper.locator(".said").first).to_have_text(said)
        await paper.screenshot(path=SHOTS / "print-paper.png", full_page=True)
        for size in ("A4", "Letter"):
            pdf = await paper.pdf(path=SHOTS / f"print-{size}.pdf", format=size, prefer_css_page_size=False)
            assert words_of(pdf).count("Page 1 of") == 1
            assert " ".join(said.split()[:4]) in words_of(pdf)
        await at.page.bring_to_front()
        await at.page.keyboard.press("Control+k")
        await at.page.keyboard.type("Print with notes")
        async with at.page.context.expect_page() as opened:
            await at.page.keyboard.press("Enter")
        with_notes = await opened.value
        await with_notes.wait_for_load_state()
        assert with_notes.url.endswith("/print?notes=1")
        assert at.complaints == []
