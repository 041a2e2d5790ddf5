"""SQL is SQL, in its own file, named. This reads such a file and runs its statements.

A statement begins with `-- name: verb` or, when it returns rows of a struct, `-- name: verb -> Struct`;
parameters are written `:name`. A row becomes the struct by position: a test prepares every statement on the
migrated schema and compares the columns with the struct's fields, name by name.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from doorstep.store.database import Connection

Row = TypeVar("Row", bound=msgspec.Struct)

_HEAD = re.compile(r"^-- name: (\w+)(?: -> (\w+))?\s*$", re.MULTILINE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]\w*)")
_COMMENT = re.compile(r"--[^\n]*")


class Statement(msgspec.Struct, frozen=True):
    """One named statement, with `$n` parameters as PostgreSQL wants them."""

    name: str
    struct: str
    text: str
    parameters: tuple[str, ...]
    written: str
    """As it stands in the file."""


class Queries:
    """The statements of one `.sql` file, by name."""

    def __init__(self, path: Path, **parts: str) -> None:
        self.path = path
        text = path.read_text("utf-8")
        for name, part in parts.items():
            text = text.replace(f"/* {name} */", part)
        self._statements = {s.name: s for s in _read(text)}

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._statements.values())

    def __getitem__(self, name: str) -> Statement:
        return self._statements[name]

    async def rows(self, on: Connection, name: str, struct: type[Row], /, **values: Any) -> list[Row]:
        """Every row, as `struct`."""
        found = await on.fetch(*self._call(name, values))
        return [struct(*row) for row in found]

    async def row(self, on: Connection, name: str, struct: type[Row], /, **values: Any) -> Row | None:
        """The first row, as `struct`, if there is one."""
        found = await on.fetchrow(*self._call(name, values))
        return None if found is None else struct(*found)

    async def tuples(self, on: Connection, name: str, /, **values: Any) -> list[Any]:
        """Every row, as the driver's records: for the hot path, where a struct would be work for nothing."""
        return await on.fetch(*self._call(name, values))

    async def value(self, on: Connection, name: str, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        return await on.fetchval(*self._call(name, values))

    async def run(self, on: Connection, name: str, /, **values: Any) -> int:
        """Run it; returns how many rows it touched."""
        status: str = await on.execute(*self._call(name, values))
        last = status.rpartition(" ")[2]
        return int(last) if last.isdigit() else 0

    def _call(self, name: str, values: dict[str, Any]) -> tuple[Any, ...]:
        statement = self._statements[name]
        return (statement.text, *[values[p] for p in statement.parameters])


def _read(text: str) -> Iterator[Statement]:
    heads = list(_HEAD.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : following.start() if following else None]
        yield _statement(head[1], head[2] or "", _COMMENT.sub("", body).strip().rstrip(";"))


def _statement(name: str, struct: str, body: str) -> Statement:
    parameters: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in parameters:
            parameters.append(found[1])
        return f"${parameters.index(found[1]) + 1}"

    text = _PARAMETER.sub(number, body)
    return Statement(name, struct, text, tuple(parameters), body)


def beside(module_file: str, **parts: str) -> Queries:
    """The `queries.sql` beside a module; a `/* part */` in it stands for another room's statement."""
    return Queries(Path(module_file).with_name("queries.sql"), **parts)
