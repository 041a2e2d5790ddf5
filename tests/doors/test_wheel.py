"""The wheel carries the desk, and is not built without it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The sources without the desk's: as where Node cannot be had."""
    tree = tmp_path / "tree"
    ignore = shutil.ignore_patterns("__pycache__", "web")
    shutil.copytree(ROOT / "src", tree / "src", ignore=ignore)
    for name in ("pyproject.toml", "build_desk.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree / name)
    return tree


def build(tree: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def test_the_wheel_carries_the_built_desk(tree: Path) -> None:
    desk = tree / "src" / "doorstep" / "web"
    (desk / "assets").mkdir(parents=True)
    (desk / "index.html").write_text("<!doctype html>")
    (desk / "assets" / "main-1a2b.js").write_text("0")
    built = build(tree)
    assert built.returncode == 0, built.stderr
    (wheel,) = (tree / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"doorstep/web/index.html", "doorstep/web/assets/main-1a2b.js"} <= names
    assert {"doorstep/store/queries.sql", "doorstep/store/migrations/0001_store.sql"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests")]


def test_no_wheel_without_the_desk(tree: Path) -> None:
    built = build(tree)
    assert built.returncode != 0
    assert "index.html is missing" in built.stdout + built.stderr
    assert not list(tree.glob("dist/*.whl"))
