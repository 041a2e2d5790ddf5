"""A mail is shown as it was sent, with the pictures it brought; it loads nothing and runs nothing."""

import base64
import struct
import zlib
from pathlib import Path

from playwright.async_api import Page, expect

from tests.kills.process import INBOX, Serve, serving
from tests.stories.screen import screen
from tests.stories.swaks import swaks

MALLORY = "mallory@mail.example"
REMOTE = "http://127.0.0.1:9/followed.png"
RUN = "window.top.ran=1;window.ran=1;alert(1)"
HTML = f"""<html><head><script>{RUN}</script><meta http-equiv="refresh" content="0;url={REMOTE}">
<link rel="stylesheet" href="{REMOTE}"></head>
<body onload="{RUN}" background="{REMOTE}"><h1 onclick="{RUN}">As it was sent</h1>
<img src="cid:box@mail.example" alt="the box"><img src="{REMOTE}" alt="far away">
<img src="x" onerror="{RUN}"><svg onload="{RUN}"><script>{RUN}</script></svg>
<a href="javascript:{RUN}">press me</a><iframe srcdoc="<script>{RUN}</script>"></iframe>
<form action="{REMOTE}"><button>send</button></form><div style="background:url({REMOTE})">words</div>
<style>@import url({REMOTE}); h1 {{ background: url({REMOTE}) }}</style>
<math><mtext><table><mglyph><style><img src=x onerror="{RUN}"></style></mglyph></table></mtext></math>
</body></html>"""
EVIL = f"<img src=x onerror={RUN}>"
"""What stands in every field that the desk shows as text."""


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def picture() -> str:
    """A PNG of 3 × 2 grey points, in base64."""
    head = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\x80\x80\x80" * 2)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return base64.b64encode(whole).decode()


def mail(subject: str) -> str:
    """Text, the same as HTML, and the picture it shows."""
    return f"""From: "{EVIL}" <{MALLORY}>
To: {INBOX}
Subject: {subject}
Message-ID: <mallory@mail.example>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="related"

--related
Content-Type: multipart/alternative; boundary="either"

--either
Content-Type: text/plain; charset=utf-8

Plain words. {EVIL} <script>{RUN}</script> javascript:{RUN}
--either
Content-Type: text/html; charset=utf-8

{HTML}
--either--
--related
Content-Type: image/png; name="box.png"
Content-ID: <box@mail.example>
Content-Disposition: inline; filename="box.png"
Content-Transfer-Encoding: base64

{picture()}
--related
Content-Type: text/html; name="{EVIL}.html"
Content-Disposition: attachment; filename="evil.html"

<script>{RUN}</script>
--related--
"""


async def write_and_open(node: Serve, page: Page, folder: Path) -> None:
    await swaks(node.door, MALLORY, INBOX, mail(f"Hello {EVIL}"), folder)
    await page.locator(".qrow", has_text="Hello").click()
    await page.locator(".ev", has_text="Plain words.").wait_for()


async def ran(page: Page) -> list[str]:
    """The frames in which something of the mail's was carried out."""
    return [frame.url for frame in page.frames if await frame.evaluate("() => 'ran' in window")]


async def test_a_page_with_its_own_picture_and_nothing_from_afar(database_url: str, tmp_path: Path) -> None:
    async with serving(tmp_path, database_url=database_url) as node, screen(node) as at:
        await write_and_open(node, at.page, tmp_path)
        await at.page.get_by_role("button", name="Show as sent").click()
        frame = at.page.frame_locator("iframe.assent")
        await expect(frame.get_by_role("heading", name="As it was sent")).to_be_visible()
        own = frame.get_by_alt_text("the box")
        await expect(own).to_be_visible()
        await expect(own).to_have_js_property("naturalWidth", 3)
        assert "allow-scripts" not in str(await at.page.locator("iframe.assent").get_attribute("sandbox"))
        await frame.get_by_text("words", exact=True).click()
        assert [url for url in at.requests if not url.startswith((node.address, "data:", "blob:"))] == []
        assert (await ran(at.page), at.dialogs) == ([], [])


async def test_nothing_in_a_mail_runs(database_url: str, tmp_path: Path) -> None:
    async with serving(tmp_path, database_url=database_url) as node, screen(node) as at:
        await write_and_open(node, at.page, tmp_path)
        await expect(at.page.locator(".ev", has_text="onerror=").first).to_be_visible()
        await at.page.get_by_role("button", name="Show as sent").click()
        frame = at.page.frame_locator("iframe.assent")
        await frame.get_by_role("heading", name="As it was sent").click()
        await frame.get_by_text("press me").click()
        await at.page.locator(".whohead").click()
        await at.page.keyboard.press("Control+k")
        await at.page.keyboard.type("onerror")
        await at.page.get_by_role("menuitem").first.wait_for()
        assert (await ran(at.page), at.dialogs) == ([], [])
        link = at.page.locator(".files a").first
        async with at.page.expect_download() as saved:
            await link.evaluate("a => location.assign(a.href)")
        assert (await saved.value).suggested_filename == "evil.html"
        assert (await ran(at.page), at.dialogs) == ([], [])
