"""Headers that go out with every answer; a route that sets one of them itself keeps its own."""

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

DESK = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
"""The content security policy of the desk: nothing from elsewhere, no inline script or style, no frame."""

ALWAYS = {
    "Content-Security-Policy": DESK,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


def with_headers(app: ASGIApp, https: bool) -> ASGIApp:
    """The application, every answer of which carries the security headers; `/api` is not cached."""
    always = ALWAYS | (HSTS if https else {})

    async def headed(scope: Scope, receive: Receive, send: Send) -> None:
        wanted = always | ({"Cache-Control": "no-store"} if _is_api(scope) else {})

        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableScopeHeaders.from_message(message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, send_headed if scope["type"] == ScopeType.HTTP else send)

    return headed


def _is_api(scope: Scope) -> bool:
    return str(scope.get("path", "")).startswith("/api")
