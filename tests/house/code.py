"""Our own code, as the tests of this folder read it."""

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "doorstep"
DESK = ROOT / "web" / "src"
CHANNELS = SOURCE / "channels"
FLOORS = ("kernel", "store", "house", "spine", "channels", "demo", "bench", "testing", "web", "cli")
"""Folders that are no rooms."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SQL_TEXT = re.compile(r"'((?:[^']|'')*)'")
_TS_TEXT = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
_TS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


@cache
def modules() -> dict[Path, ast.Module]:
    """Every Python file of the package, parsed."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def desk_files() -> list[Path]:
    """Every TypeScript file of the desk that we write ourselves."""
    return [p for p in sorted(DESK.rglob("*.ts*")) if not p.name.endswith(".d.ts")]


def functions() -> Iterator[tuple[Path, Function]]:
    """Every function of the package."""
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield path, node


def length(path: Path) -> int:
    """Lines of a file, blank ones left out."""
    return sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())


def body_length(path: Path, function: Function) -> int:
    """Lines of a function's body, docstring and blank lines left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    lines = path.read_text("utf-8").splitlines()[body[0].lineno - 1 : body[-1].end_lineno]
    return sum(1 for line in lines if line.strip())


def python_texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string literal with its line, docstrings and f-strings' fixed parts among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def sql_texts(text: str) -> Iterator[tuple[int, str]]:
    """Every string literal of SQL, with its line."""
    bare = re.sub(r"--[^\n]*", "", text)
    for found in _SQL_TEXT.finditer(bare):
        yield bare.count("\n", 0, found.start()) + 1, found[1]


def desk_texts(text: str) -> Iterator[tuple[int, str, str]]:
    """Every string literal of TypeScript, with its line and what stands before it on that line."""
    bare = _TS_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for found in _TS_TEXT.finditer(bare):
        start = bare.rfind("\n", 0, found.start()) + 1
        yield bare.count("\n", 0, found.start()) + 1, found[2], bare[start : found.start()]


def quantiles(figures: list[int]) -> tuple[float, int, int]:
    """Median, 90th percentile and greatest."""
    ordered = sorted(figures)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.9)], ordered[-1]


def place(path: Path, line: int) -> str:
    """`src/doorstep/app.py:12`."""
    return f"{path.relative_to(ROOT)}:{line}"
