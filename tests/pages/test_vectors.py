"""What `clean` leaves can neither act nor load, in a real browser that forbids it nothing."""

import pytest

from doorstep.pages import clean
from tests.pages.vectors import acted, chromium, trap, vectors


async def test_nothing_acts_or_loads_though_nothing_forbids_it() -> None:
    with trap() as caught:
        async with chromium() as browser:
            page = await browser.new_page()
            frames = [{"srcdoc": f"<body><p>words</p>{clean(html)}"} for html in vectors(caught.host)]
            assert len(frames) >= 150
            found = await acted(page, f"http://{caught.host}/", frames)
            assert (found.ran, found.dialogs, caught.asked) == (set(), [], set())
            assert [url for url in found.asked if not url.startswith(("data:image/", "about:", "cid:"))] == []
            assert sum("words" in said for said in found.words) == len(frames)


async def test_the_vectors_have_teeth(capsys: pytest.CaptureFixture[str]) -> None:
    with trap() as caught:
        async with chromium() as browser:
            page = await browser.new_page()
            frames = [{"srcdoc": f"<body>{html}"} for html in vectors(caught.host)]
            found = await acted(page, f"http://{caught.host}/", frames, poke=False)
            with capsys.disabled():
                print(
                    f"\n  of {len(frames)}, uncleaned: {len(found.ran)} run, {len(caught.asked)} ask", end=""
                )
            assert len(found.ran) > 50
            assert len(caught.asked) > 40
