"""The report of an import: what was not taken, as CSV for a spreadsheet or as JSON lines."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import msgspec

from doorstep.spine.moving.model import Refusal
from doorstep.spine.moving.past import Read

COLUMNS = ("place", "message_id", "reason")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def as_refusal(place: int, read: Read) -> Refusal:
    """One that was read and refused."""
    return Refusal(place, read.planned.kept.place, read.planned.kept.name, read.reason)


def heading() -> str:
    """The first line of a CSV."""
    return _line(COLUMNS)


def rows(refused: Iterable[Refusal]) -> str:
    """Lines of a CSV. What a spreadsheet would take for a formula is text in it."""
    return "".join(_line(tuple(map(_harmless, (r.found_at, r.message_id, r.reason)))) for r in refused)


def write(refused: Iterable[Refusal], file: Path) -> None:
    """Write them; a name that ends in `.jsonl` gets JSON lines. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".jsonl":
        lines = (dict(zip(COLUMNS, (r.found_at, r.message_id, r.reason), strict=True)) for r in refused)
        file.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    else:
        file.write_text(heading() + rows(refused), "utf-8", errors="replace")


def _line(values: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULAS) else value
