"""Habits of STYLE.md that no linter checks."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.house.code import ROOT, SOURCE, functions, modules, place

VAGUE = re.compile(r"(utils?|helpers?|managers?|services?|common|misc)\b")
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}\b"
    r"|\bxox[bap]-\w{10,}|\bsk_live_\w{16,}"
)
TEXT = {".py", ".sql", ".ts", ".tsx", ".css", ".html", ".md", ".toml", ".json", ".sh", ".yaml", ".svg", ""}


def tracked() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository that git keeps, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in sorted(set(listed.stdout.decode().split("\0")) - {""}):
        path = ROOT / name
        if path.suffix in TEXT and path.is_file() and "fixtures" not in path.parts:
            yield path, path.read_text("utf-8", errors="replace")


def test_every_signature_is_typed() -> None:
    found = []
    for path, function in functions():
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        bare = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
        if bare or function.returns is None:
            found.append(f"{place(path, function.lineno)} {function.name} {bare}")
    assert found == []


def test_no_error_is_swallowed() -> None:
    found = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or _says_nothing(node.body)):
                found.append(place(path, node.lineno))
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("suppress")
                and _is_everything(node)
            ):
                found.append(place(path, node.lineno))
    assert found == []


def _says_nothing(body: list[ast.stmt]) -> bool:
    return all(
        isinstance(s, ast.Pass) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))
        for s in body
    )


def _is_everything(call: ast.Call) -> bool:
    return any(ast.unparse(kind) in ("Exception", "BaseException") for kind in call.args)


def test_only_what_people_type_prints() -> None:
    found = []
    for path, tree in modules().items():
        spoken = path.relative_to(SOURCE).parts[0] in ("cli", "bench", "demo")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print" and not spoken:
                found.append(place(path, node.lineno))
    assert found == []


def test_nothing_is_unfinished() -> None:
    found = [
        place(path, number)
        for path, text in tracked()
        for number, line in enumerate(text.splitlines(), 1)
        if path.suffix in (".py", ".sql", ".ts", ".tsx", ".css") and UNFINISHED.search(line)
    ]
    assert found == []


def test_names_say_something() -> None:
    assert [
        place(path, 1)
        for path, _ in tracked()
        if path.suffix in (".py", ".ts", ".tsx") and VAGUE.match(path.stem)
    ] == []


def test_no_secret_is_kept_here() -> None:
    assert [place(path, 1) for path, text in tracked() if SECRETS.search(text)] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        place(path, 1) for path, tree in modules().items() if ast.get_docstring(tree) is None and tree.body
    ]
    assert silent == []
