"""The rules of ARCHITECTURE.md that import-linter cannot see. Its own are in pyproject.toml."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import (
    CHANNELS,
    FLOORS,
    SOURCE,
    desk_files,
    desk_texts,
    modules,
    place,
    python_texts,
    sql_texts,
)

KEYS = {path.name for path in CHANNELS.iterdir() if (path / "channel.py").is_file()}
ROOMS = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()} - set(FLOORS)
# In HTML a field's type and what a browser may fill in are words of the standard, not channels.
HTML = re.compile(r"\b(type|autoComplete|inputMode|name)=\{?$")
SQL = re.compile(
    r"\s*(select|insert into|update|delete from|with|create|alter|drop|truncate)\s", re.IGNORECASE
)
CALLS = {"fetch", "fetchrow", "fetchval", "execute", "executemany", "cursor", "prepare"}
# What comes before the schema or beside it: the ledger of migrations, partitions, databases, wake-ups.
SQL_ALLOWED = {"store/migrate.py", "store/bus.py", "store/partitions.py", "store/embedded/server.py"}


# A shop's own files have headings, and one of them may be called as a channel is.
HEADINGS = {SOURCE / "commerce" / "columns.py", SOURCE / "cli" / "stream" / "rows.py"}


def outside_channels(path: Path) -> bool:
    return not path.is_relative_to(CHANNELS) or path.parent == CHANNELS


def test_no_channel_is_named_outside_its_folder() -> None:
    assert KEYS
    assert [*_named_in_python(), *_named_in_sql(), *_named_on_the_desk()] == []


def _named_in_python() -> Iterator[str]:
    for path, tree in modules().items():
        if outside_channels(path) and path not in HEADINGS:
            yield from (f"{place(path, line)} {text!r}" for line, text in python_texts(tree) if text in KEYS)


def _named_in_sql() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("*.sql")):
        if outside_channels(path):
            found = sql_texts(path.read_text("utf-8"))
            yield from (f"{place(path, line)} {text!r}" for line, text in found if text in KEYS)


def _named_on_the_desk() -> Iterator[str]:
    for path in desk_files():
        for line, text, before in desk_texts(path.read_text("utf-8")):
            if text in KEYS and not HTML.search(before):
                yield f"{place(path, line)} {text!r}"


def test_rooms_use_each_others_faces_only() -> None:
    found = []
    for path, tree in modules().items():
        own = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("doorstep."):
                _, room, *inside = str(node.module).split(".")
                if room in ROOMS and room != own and inside and own in ROOMS:
                    found.append(f"{place(path, node.lineno)} {node.module}")
    assert found == []


def test_sql_stands_in_sql_files() -> None:
    found = []
    for path, tree in modules().items():
        if path.relative_to(SOURCE).as_posix() in SQL_ALLOWED or "bench" in path.relative_to(SOURCE).parts:
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CALLS
            ):
                for text in (t for a in node.args for _, t in python_texts(ast.Module([ast.Expr(a)], []))):
                    if SQL.match(text + " ") and text != "select 1":
                        found.append(f"{place(path, node.lineno)} {text[:40]!r}")
    assert found == []


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((SOURCE / "store" / "migrations").glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_notify_in_a_statement_of_a_room() -> None:
    found = [
        path.name for path in SOURCE.rglob("*.sql") if re.search(r"\bnotify\b", _code(path), re.IGNORECASE)
    ]
    assert found == []


def _code(path: Path) -> str:
    return re.sub(r"--[^\n]*", "", path.read_text("utf-8"))
