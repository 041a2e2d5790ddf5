"""Every statement is prepared on the migrated schema and compared with its struct: our type check."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import doorstep
import doorstep.spine
from doorstep.desk.sql import sql as desk_sql
from doorstep.spine.enter import sql as enter_sql
from doorstep.store import Database, Queries
from doorstep.store.queries import Statement

ROOT = Path(doorstep.__file__).parent


def statements() -> Iterator[tuple[str, ModuleType, Statement]]:
    for path in sorted(ROOT.rglob("queries.sql")):
        package = "doorstep." + ".".join(path.parent.relative_to(ROOT).parts)
        for statement in desk_sql if package == "doorstep.desk" else Queries(path):
            yield f"{package}.{statement.name}", importlib.import_module(package), statement
    for statement in enter_sql:
        yield f"doorstep.spine.{statement.name}", doorstep.spine, statement


def structs_near(package: ModuleType) -> dict[str, type[msgspec.Struct]]:
    """The structs that the modules of a room know."""
    modules = [
        importlib.import_module(f"{package.__name__}.{m.name}")
        for m in pkgutil.iter_modules(package.__path__)
    ]
    return {
        name: thing
        for module in [package, *modules]
        for name, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, msgspec.Struct)
    }


@pytest.mark.parametrize(("name", "package", "statement"), [pytest.param(*s, id=s[0]) for s in statements()])
async def test_statement_fits(
    database: Database, name: str, package: ModuleType, statement: Statement
) -> None:
    async with database.connection() as on:
        prepared = await on.prepare(statement.text)
        takes, columns = len(prepared.get_parameters()), [a.name for a in prepared.get_attributes()]
    assert takes == len(statement.parameters)
    if statement.struct:
        assert columns == list(structs_near(package)[statement.struct].__struct_fields__)
