"""Every error leaves as Problem Details (RFC 9457), in words, and nothing of the inside with it."""

import re
from http import HTTPStatus
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import Scope

from doorstep.kernel import Conflict, DoorstepError, Invalid, NotFound, Overloaded, TooMuch

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
UNFORESEEN = "The error was written down under this request's id."


class DatabaseAway(Overloaded):
    """The database does not answer. Nothing was changed; try again in a moment."""

    title = "Database away"


class TooSlow(Overloaded):
    """This took longer than we wait. Try again; if it happens again, ask for less at once."""

    title = "Took too long"


class MethodNotTaken(DoorstepError):
    """This address exists, but does not take that method."""

    status = 405
    title = "Method not taken"


_AWAY = (
    ConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
)
_KNOWN: list[tuple[tuple[type[Exception], ...], DoorstepError]] = [
    ((asyncpg.DeadlockDetectedError, asyncpg.SerializationError), Conflict()),
    (
        (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError),
        Invalid("A text holds a character that cannot be stored, such as NUL."),
    ),
    ((asyncpg.DataError,), Invalid("A value is larger than can be stored.")),
    ((RecursionError,), Invalid("The body is nested deeper than we read.")),
    ((msgspec.DecodeError,), Invalid("The body is not valid JSON.")),
]
_SAID: dict[int, DoorstepError] = {
    HTTPStatus.NOT_FOUND: NotFound("There is no such address."),
    HTTPStatus.METHOD_NOT_ALLOWED: MethodNotTaken(),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TooMuch("The body is larger than this address takes."),
}
_AT_PATH = re.compile(r" - at `\$\.?(.*?)`")


def problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to an error, whichever it is. An error nobody foresaw is logged whole and answered bare."""
    fields = _fields(_single(error))
    if fields["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("request.failed", status=fields["status"], exc_info=error)
    body = fields | {"request_id": request_id(request.scope)}
    return Response(
        msgspec.json.encode(body, enc_hook=str),
        status_code=fields["status"],
        media_type=MEDIA_TYPE,
        headers=_headers(fields, error),
    )


def request_id(scope: Scope) -> str:
    """The id the request was given at the door, empty outside one."""
    return str(scope.get("state", {}).get("request_id", ""))


def _single(error: Exception) -> Exception:
    """The one error of a group of one: what dependencies that end together raise."""
    while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def _fields(error: Exception) -> dict[str, Any]:
    if isinstance(error, HTTPException):
        return _of_http(error)
    known = _known(error)
    slug = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(known).__name__).lower()
    kind = "about:blank" if type(known) is DoorstepError else f"urn:doorstep:problem:{slug}"
    return known.extra | {
        "type": kind,
        "title": known.title,
        "status": known.status,
        "detail": known.detail,
    }


def _known(error: Exception) -> DoorstepError:
    if isinstance(error, DoorstepError):
        return error
    if isinstance(error, _AWAY) or _is_closed(error):
        return DatabaseAway(retry_after=5)
    if isinstance(error, msgspec.ValidationError):
        return _invalid([_of_text(str(error))])
    for kinds, known in _KNOWN:
        if isinstance(error, kinds):
            return known
    return DoorstepError(UNFORESEEN)


def _is_closed(error: Exception) -> bool:
    return isinstance(error, asyncpg.InterfaceError) and "clos" in str(error)


def _of_http(error: HTTPException) -> dict[str, Any]:
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        return _fields(_invalid([_of_extra(entry) for entry in error.extra]))
    if error.status_code == HTTPStatus.BAD_REQUEST and isinstance(error.__cause__, Exception):
        return _fields(Invalid("The body is not valid JSON."))
    if error.status_code in _SAID:
        return _fields(_SAID[error.status_code])
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _fields(DoorstepError(UNFORESEEN))
    return {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": error.detail}


def _invalid(errors: list[dict[str, str]]) -> Invalid:
    said = "; ".join(f"{e['field']}: {e['detail']}" if e["field"] else e["detail"] for e in errors)
    return Invalid(said, errors=errors)


def _of_extra(entry: Any) -> dict[str, str]:
    """One line of Litestar's list: `key` is `data.field` for a body, the parameter's name otherwise."""
    if not isinstance(entry, dict):
        return {"field": "", "detail": str(entry)}
    key = str(entry.get("key", ""))
    field = "" if key == "data" else key.removeprefix("data.")
    return {"field": field, "detail": str(entry.get("message", ""))}


def _of_text(text: str) -> dict[str, str]:
    found = _AT_PATH.search(text)
    return {"field": found[1] if found else "", "detail": _AT_PATH.sub("", text)}


def _headers(fields: dict[str, Any], error: Exception) -> dict[str, str]:
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if "retry_after" in fields:
        headers["Retry-After"] = str(fields["retry_after"])
    if fields["status"] == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Session"
    return headers
