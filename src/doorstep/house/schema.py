"""What the interface offers, as a plain page: no script, no style, nothing from elsewhere."""

from html import escape
from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Doorstep: its interface</title>
<h1>Doorstep's interface</h1>
<p>Everything in one file for programs: <a href="/api/schema/openapi.json">openapi.json</a>.</p>
"""


class SchemaPage(OpenAPIRenderPlugin):
    """The page at the schema's own address: each room's routes, in a table."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page, as HTML."""
        rooms: dict[str, list[str]] = {}
        for path, methods in openapi_schema["paths"].items():
            for method, operation in methods.items():
                for room in operation.get("tags") or ["house"]:
                    rooms.setdefault(room, []).append(_row(path, method, operation))
        return (_HEAD + "".join(_table(room, rooms[room]) for room in sorted(rooms)) + "</html>").encode()


def _table(room: str, rows: list[str]) -> str:
    head = "<tr><th scope=col>Call</th><th scope=col>What it does</th></tr>"
    return f"<h2>{escape(room)}</h2><table>{head}{''.join(rows)}</table>"


def _row(path: str, method: str, operation: dict[str, Any]) -> str:
    said = operation.get("description") or operation.get("summary") or ""
    return f"<tr><td><code>{escape(method.upper())} {escape(path)}</code></td><td>{escape(said)}</td></tr>"
