"""How a shop sends its rows: JSON in batches, or a file."""

import asyncio
import tempfile
from typing import Annotated, Any, BinaryIO, Final, cast

import msgspec
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Meta

from doorstep.commerce.import_file import import_from
from doorstep.commerce.model import Report
from doorstep.commerce.take import take
from doorstep.kernel import Invalid, TooMuch
from doorstep.people import ADMINISTRATORS, Me
from doorstep.store import Connection, Database

LARGEST_BATCH: Final = 5_000_000
LARGEST_FILE: Final = 500_000_000
MOST_ROWS: Final = 1000
IN_MEMORY: Final = 1 << 20

Source = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_.-]{0,63}$")]


class Batch(msgspec.Struct, frozen=True):
    """Rows of one kind. `source` names the shop they come from, and never changes."""

    source: Source
    rows: list[dict[str, Any]]


@post(
    "/api/commerce/{kind:str}",
    status_code=200,
    opt={**ADMINISTRATORS, "intake": True},
    request_max_body_size=LARGEST_BATCH,
)
async def take_batch(
    kind: FromPath[str], data: JSONBody[Batch], tx: NamedDependency[Connection], me: NamedDependency[Me]
) -> Report:
    """Put up to 1,000 rows of a kind; the same batch twice changes nothing."""
    if len(data.rows) > MOST_ROWS:
        raise TooMuch(f"{len(data.rows):,} rows at once: send at most {MOST_ROWS:,}.")
    return await take(tx, kind, data.source, data.rows, me.agent_id)


@post(
    "/api/commerce/import",
    status_code=200,
    opt={**ADMINISTRATORS, "intake": True, "seconds": 3600.0},
    request_max_body_size=LARGEST_FILE,
)
async def take_file(
    request: Request[Any, Any, Any],
    db: NamedDependency[Database],
    me: NamedDependency[Me],
    kind: FromQuery[str],
    source: Annotated[str, QueryParameter(pattern="^[a-z0-9][a-z0-9_.-]{0,63}$")],
) -> Report:
    """Import CSV or JSON lines, as the body itself or as the one file of a form."""
    if request.content_type[0] == "multipart/form-data":
        form = await request.form()
        files = [value for value in form.values() if hasattr(value, "file")]
        if len(files) != 1:
            raise Invalid(f"The form brings {len(files)} files. Send one.")
        return await import_from(db, cast(BinaryIO, files[0].file), kind, source, me.agent_id)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
        async for chunk in request.stream():
            await asyncio.to_thread(body.write, chunk)
        body.seek(0)
        return await import_from(db, cast(BinaryIO, body), kind, source, me.agent_id)


routes: Final[list[Any]] = [take_batch, take_file]
