"""What the interface offers: its problems told in the schema, and the whole as a plain page.

The page has no script, no style and nothing from elsewhere.
"""

from html import escape
from typing import Any

from litestar import Request
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Reference,
    Schema,
)

from doorstep.house.problems import MEDIA_TYPE

_TEXT = Schema(type=OpenAPIType.STRING)
_FAULT = Schema(
    type=OpenAPIType.OBJECT, properties={"field": _TEXT, "detail": _TEXT}, required=["field", "detail"]
)
PROBLEM = Schema(
    title="Problem",
    description="What went wrong, in words (RFC 9457).",
    type=OpenAPIType.OBJECT,
    properties={
        "type": _TEXT,
        "title": _TEXT,
        "status": Schema(type=OpenAPIType.INTEGER),
        "detail": _TEXT,
        "request_id": _TEXT,
        "retry_after": Schema(type=OpenAPIType.INTEGER, description="Seconds to wait."),
        "errors": Schema(type=OpenAPIType.ARRAY, items=_FAULT, description="Each part that cannot be right."),
    },
    required=["type", "title", "status", "detail", "request_id"],
)

_HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Doorstep: its interface</title>
<h1>Doorstep's interface</h1>
<p>Everything in one file for programs: <a href="/api/schema/openapi.json">openapi.json</a>.</p>
"""


def describe_problems(openapi: OpenAPI) -> None:
    """Tell in the schema that any operation may answer with a problem, and drop Litestar's own form of it."""
    openapi.components.schemas["Problem"] = PROBLEM
    answer = OpenAPIResponse(
        "A problem",
        content={MEDIA_TYPE: OpenAPIMediaType(schema=Reference("#/components/schemas/Problem"))},
    )
    for path in (openapi.paths or {}).values():
        for operation in (path.get, path.put, path.post, path.patch, path.delete):
            if isinstance(operation, Operation) and operation.responses is not None:
                operation.responses.pop("400", None)
                operation.responses["default"] = answer


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
