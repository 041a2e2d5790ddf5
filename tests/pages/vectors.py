"""Ways to make a page act or load, and a browser that looks whether one did.

The ways are facts collected by OWASP, cure53 and browsers' own tests: handlers, addresses that are scripts,
mutations of what is parsed twice, SVG and MathML, forms, styles that load. In `vectors.txt` `RUN` is what
must not run and `URL`, `HOST` what nobody may ask for; each leads to a server of ours that counts.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
from playwright.async_api import Browser, Page, Request, async_playwright

from tests.desk.screens import FLAGS
from tests.servers.programs import program
from tests.stories.conftest import free_port

AT_ONCE = 32
POKE = """() => {
  for (const element of document.querySelectorAll('body, body *')) {
    if (/^https?:|^mailto:|^tel:/.test(element.getAttribute('href') || '')) continue;
    for (const kind of ['pointerover', 'mouseover', 'pointerdown', 'mousedown', 'focusin', 'copy'])
      element.dispatchEvent(new Event(kind, {bubbles: true}));
    element.focus?.();
    element.click?.();
  }
}"""
"""What a person may do with a page, short of following its links."""

SHOW = """frames => Promise.all(frames.map(({sandbox, ...content}) => new Promise(shown => {
  const frame = document.createElement('iframe');
  if (sandbox) frame.setAttribute('sandbox', sandbox);
  frame.onload = shown;
  Object.assign(frame, content);
  document.body.append(frame);
})))"""
REST = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Trap:
    """A server that remembers which numbers it was asked for."""

    def __init__(self) -> None:
        self.asked: set[int] = set()
        trap = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = self.path.strip("/").split(".")[0].split("#")[0]
                if number.isdigit():
                    trap.asked.add(int(number))
                content = b"<!doctype html><title>host</title><body>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the sets tell."""

        self.server = ThreadingHTTPServer(("127.0.0.1", free_port()), Answer)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"


@contextmanager
def trap() -> Iterator[Trap]:
    """A trap, for the length of the block."""
    opened = Trap()
    thread = threading.Thread(target=opened.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield opened
    finally:
        opened.server.shutdown()
        thread.join()
        opened.server.server_close()


def vectors(host: str) -> list[str]:
    """Each with its number in whatever it runs or asks for."""
    written = Path(__file__).with_name("vectors.txt").read_text("utf-8").splitlines()
    return [
        row.replace("URL", "http://HOST/NUMBER")
        .replace("HOST", host)
        .replace("RUN", "top.ran[NUMBER]=1")
        .replace("NUMBER", str(number))
        for number, row in enumerate(row for row in written if row)
    ]


class Acted(msgspec.Struct):
    """What pages did: the numbers of those that ran something, and the addresses asked for."""

    ran: set[int] = msgspec.field(default_factory=set)
    asked: list[str] = msgspec.field(default_factory=list)
    dialogs: list[str] = msgspec.field(default_factory=list)
    words: list[str] = msgspec.field(default_factory=list)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        try:
            yield opened
        finally:
            await opened.close()


async def acted(page: Page, address: str, frames: list[dict[str, str]], poke: bool = True) -> Acted:
    """Show each in a frame of a page at `address`, touch all there is, and tell what happened."""
    found = Acted()

    def asked(request: Request) -> None:
        if request.frame != page.main_frame or request.url.rstrip("/") != address.rstrip("/"):
            found.asked.append(request.url)

    page.on("request", asked)
    page.on("dialog", lambda dialog: found.dialogs.append(dialog.message))
    for start in range(0, len(frames), AT_ONCE):
        await page.goto(address)
        await page.evaluate("() => { window.ran = {} }")
        async with asyncio.timeout(60):
            await page.evaluate(SHOW, frames[start : start + AT_ONCE])
        await page.evaluate(REST)
        for frame in page.frames[1:] if poke else ():
            await frame.evaluate(POKE)
            found.words.append(await frame.evaluate("() => document.body.innerText"))
        await page.evaluate(REST)
        found.ran |= set(map(int, await page.evaluate("() => Object.keys(window.ran)")))
    return found
