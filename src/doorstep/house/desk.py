"""The built desk: one page for every address of it, and its hashed files for ever."""

import asyncio
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler

from doorstep.kernel import NotFound
from doorstep.people import ANYONE

FOLDER = Path(__file__).parents[1] / "web"
HASHED = "assets"
"""The folder whose files have their content's hash in their name."""
OURS = ("api", "health", "metrics")
"""First parts of addresses that are never the desk's."""

NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Doorstep</title>
<h1>The desk is not built yet</h1>
<p>The house is open, but its screens are missing. Build them with <code>make desk</code>, then reload.</p>
<p>The interface for programs works: <a href="/api/schema">what it offers</a>.</p></html>
"""


class Page(msgspec.Struct, frozen=True):
    """A file as it is served."""

    content: bytes
    media_type: str
    etag: str


def desk_route(folder: Path) -> HTTPRouteHandler:
    """`GET` of everything that is no other route's."""

    @get(["/", "/{path:path}"], opt=ANYONE, include_in_schema=False)
    async def read_desk(request: Request[Any, Any, Any], path: str = "") -> Response[bytes]:
        name = path.strip("/")
        if name.partition("/")[0] in OURS:
            raise NotFound("There is no such address.")
        if name and (page := await asyncio.to_thread(_page, folder, name)):
            return _answer(request, page, for_ever=name.startswith(f"{HASHED}/"))
        if name and "text/html" not in request.headers.get("Accept", ""):
            raise NotFound("There is no such file.")
        if index := await asyncio.to_thread(_page, folder, "index.html"):
            return _answer(request, index, for_ever=False)
        return Response(NOT_BUILT.encode(), media_type=MediaType.HTML, status_code=503)

    return read_desk


def _answer(request: Request[Any, Any, Any], page: Page, for_ever: bool) -> Response[bytes]:
    headers = {
        "ETag": page.etag,
        "Cache-Control": "public, max-age=31536000, immutable" if for_ever else "no-cache",
    }
    if page.etag in request.headers.get("If-None-Match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=page.media_type)
    return Response(page.content, headers=headers, media_type=page.media_type)


def _page(folder: Path, name: str) -> Page | None:
    try:
        path = (folder / name).resolve()
        is_ours = path.is_relative_to(folder.resolve()) and path.is_file()
    except (ValueError, OSError):  # a NUL, or a name longer than a file system takes
        return None
    if not is_ours or path.name.startswith("."):
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(256)
def _read(path: Path, _changed: int) -> Page:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Page(content, kind, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
