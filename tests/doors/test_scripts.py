"""The doors' scripts say what is missing, in words."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(script: str, path: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A script of ours, with only the programs in `path`."""
    command = ["/bin/sh", str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(
        command, env={"PATH": str(path), **environment}, capture_output=True, text=True, check=False
    )


def program(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bin(tmp_path: Path) -> Path:
    """A folder of programs, empty but for what every system has."""
    for name in ("env", "id", "cat"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def test_no_python(bin: Path) -> None:
    found = run("python", bin)
    assert found.returncode == 1
    assert "needs Python 3.11 or newer" in found.stderr


def test_a_python_that_is_too_old_is_passed_over(bin: Path) -> None:
    program(bin, "python3", "exit 1")
    program(bin, "python3.12", 'case "$2" in *executable*) echo /here/python3.12;; esac')
    assert run("python", bin).stdout == "/here/python3.12\n"


def test_a_python_without_venv(bin: Path) -> None:
    program(bin, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    found = run("python", bin)
    assert found.returncode == 1
    assert "apt-get install python3-venv" in found.stderr


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_missing_servers_are_named_and_fail_in_ci(bin: Path, ci: str, status: int) -> None:
    for name in ("postfix", "swaks"):
        program(bin, name, "exit 0")
    found = run("servers", bin, CI=ci)
    assert found.returncode == status
    assert "chromium" in found.stderr
    assert "These tests wait for it" in found.stderr
    assert "swaks" not in found.stderr


def test_nothing_missing_says_nothing(bin: Path) -> None:
    for name in ("postfix", "swaks", "chromium"):
        program(bin, name, "exit 0")
    found = run("servers", bin, CI="true")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_the_doors_are_what_the_readme_says() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for door in ("demo", "test", "soak", "check", "wheel", "bench"):
        assert f"make {door} " in said


def test_ci_runs_the_two_doors_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    commands = [
        line for line in script.read_text().splitlines() if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["make check", "make test"]
    assert os.access(script, os.X_OK)
