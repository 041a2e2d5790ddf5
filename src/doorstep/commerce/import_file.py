"""A file of rows taken in, batch by batch. A wrong row is refused with its line and costs nothing else."""

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import msgspec

from doorstep.commerce.columns import fields
from doorstep.commerce.grouped import Piece, grouped
from doorstep.commerce.kinds import Kind, named
from doorstep.commerce.model import Refusal, Report
from doorstep.commerce.read import read, refusal
from doorstep.commerce.rows import Row
from doorstep.commerce.sheet import Raw, records
from doorstep.commerce.take import take_read
from doorstep.kernel import Invalid
from doorstep.store import Database

BATCH = 500
MOST_REFUSED = 10_000

Numbered = tuple[int, Row | Refusal]


async def import_file(
    db: Database, path: Path, kind: str, source: str, actor_id: UUID | None = None
) -> Report:
    """Take the CSV or JSON lines at `path`. Raises `NotFound` for no such kind, `Invalid` without a file."""
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except OSError as error:
        raise Invalid(f"{path} cannot be opened: {error.strerror}.") from error
    with file:
        return await import_from(db, file, kind, source, actor_id)


async def import_from(
    db: Database, file: BinaryIO, kind: str, source: str, actor_id: UUID | None = None
) -> Report:
    """Take the rows of an open file, in batches of 500, each its own transaction.

    One transaction for all would hold the addresses of every new customer until its end, and stop the mail.
    Sending the file again after a break is safe: what is in already is `unchanged`.
    """
    wanted = named(kind)
    rows = _rows(wanted, kind, file)
    report = Report()
    while batch := await asyncio.to_thread(lambda: list(islice(rows, BATCH))):
        async with db.transaction() as tx:
            report += await take_read(tx, wanted, source, batch, actor_id)
        if len(report.refused) > MOST_REFUSED:
            raise Invalid(
                f"More than {MOST_REFUSED:,} rows were refused, so we stopped. The last: "
                f"line {report.refused[-1].row}: {report.refused[-1].reason}"
            )
    return report


def _rows(wanted: Kind, kind: str, file: BinaryIO) -> Iterator[Numbered]:
    for number, piece in grouped(_named(kind, raw) for raw in records(file)):
        row = piece if isinstance(piece, Refusal) else read(wanted.row, number, piece, strict=False)
        yield number, row


def _named(kind: str, raw: Raw) -> Piece:
    number, cells = raw
    if isinstance(cells, str):
        return number, refusal(number, {}, cells)
    try:
        return number, fields(kind, cells)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        return number, refusal(number, cells, str(error))
