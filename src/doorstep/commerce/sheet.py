"""A file of rows, CSV or JSON lines, read line by line: UTF-8 (a BOM is fine) or Windows-1252."""

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import msgspec

from doorstep.kernel import Invalid

Raw = tuple[int, dict[str, Any] | str]
"""The line it begins on, and the cells by their heading, or why they could not be read."""

LONGEST: Final = 1 << 20
DELIMITERS: Final = ",;\t"


def lines(file: BinaryIO) -> Iterator[str]:
    """The lines as text. Raises `Invalid` for UTF-16 and for a line over 1 MB."""
    first = True
    while line := file.readline(LONGEST):
        if first and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Invalid("The file is UTF-16. Save it as UTF-8 and send it again.")
        if len(line) == LONGEST:
            raise Invalid("A line is over 1 MB: this is no CSV and no JSON lines.")
        yield _text(line.removeprefix(b"\xef\xbb\xbf") if first else line)
        first = False


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def records(file: BinaryIO) -> Iterator[Raw]:
    """Every row of the file. Raises `Invalid` when there is no heading, or it is neither kind."""
    every = enumerate(lines(file), 1)
    head = next(((number, line) for number, line in every if line.strip()), None)
    if head is None:
        raise Invalid("The file is empty.")
    if head[1].lstrip().startswith("["):
        raise Invalid("This is a JSON array. Send JSON lines: one object a line.")
    if head[1].lstrip().startswith("{"):
        yield from _json_rows([head], every)
    else:
        yield from _csv_rows(head, (line for _, line in every))


def _json_rows(head: list[tuple[int, str]], rest: Iterator[tuple[int, str]]) -> Iterator[Raw]:
    for part in (head, rest):
        for number, line in part:
            if line.strip():
                yield number, _json(line)


def _json(line: str) -> dict[str, Any] | str:
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return f"this is no JSON: {error}"
    return found if isinstance(found, dict) else "this is no JSON object"


def _csv_rows(head: tuple[int, str], rest: Iterator[str]) -> Iterator[Raw]:
    number, heading = head
    delimiter = sniff(heading)
    names = next(csv.reader([heading], delimiter=delimiter, strict=True))
    reader = csv.reader(rest, delimiter=delimiter)
    while True:
        begins = number + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins, f"this is no CSV: {error}"
            continue
        if any(cell.strip() for cell in cells):
            yield begins, _named(names, cells)


def sniff(heading: str) -> str:
    """The delimiter of a heading: the one that stands there most, outside quotes."""
    bare = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _named(names: list[str], cells: list[str]) -> dict[str, Any] | str:
    if len(cells) > len(names):
        return f"it has {len(cells)} cells, the heading has {len(names)}"
    return dict(zip(names, cells, strict=False))
