"""Every statement is prepared on the migrated schema and compared with its struct: our type check."""

import importlib
import inspect
import pkgutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType

import asyncpg
import msgspec
import pytest

import doorstep
import doorstep.spine
from doorstep.desk.sql import sql as desk_sql
from doorstep.spine.enter import sql as enter_sql
from doorstep.store import Queries
from doorstep.store.queries import Statement
from tests.conftest import created

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


@pytest.fixture(scope="module")
async def schema(server_url: str, template: str) -> AsyncIterator[asyncpg.Connection]:
    """One migrated database for all statements, which are only prepared on it."""
    async for url in created(server_url, template):
        on = await asyncpg.connect(url)
        yield on
        await on.close()


@pytest.mark.parametrize(("name", "package", "statement"), [pytest.param(*s, id=s[0]) for s in statements()])
async def test_statement_fits(
    schema: asyncpg.Connection, name: str, package: ModuleType, statement: Statement
) -> None:
    prepared = await schema.prepare(statement.text)
    takes, columns = len(prepared.get_parameters()), [a.name for a in prepared.get_attributes()]
    assert takes == len(statement.parameters)
    if statement.struct:
        assert columns == list(structs_near(package)[statement.struct].__struct_fields__)
