"""What a person types: every verb that needs no open house, on an embedded database."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep import __version__
from doorstep.cli import main
from doorstep.store.embedded import discard


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with settings in it, where the verbs are typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOORSTEP_CONFIG", raising=False)
    (tmp_path / "doorstep.toml").write_text('data = "data"\n')
    yield tmp_path
    for folder in ("data", "back"):
        discard(tmp_path / folder)


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    said = capsys.readouterr()
    return status, said.out, said.err


def test_an_agent_is_added_saved_and_brought_back(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, said, _ = typed(capsys, "migrate")
    assert (status, said.splitlines()[0]) == (0, "Ran 0001_store.")
    assert typed(capsys, "migrate")[1] == "The database is up to date.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("a long way to Tipperary\n"))
    assert typed(capsys, "add-agent", "mira", "--name", "Mira Holm")[:2] == (
        0,
        "Mira Holm may sign in as mira.\n",
    )
    assert typed(capsys, "backup", "saved.tar.gz")[0] == 0
    assert typed(capsys, "restore", "saved.tar.gz", "--into", "back")[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("another long way to Tipperary\n"))
    status, _, wrong = typed(capsys, "add-agent", "mira", "--name", "Mira Holm", "--data", "back")
    assert (status, wrong.splitlines()[-1]) == (1, "doorstep: This sign-in name is taken.")


def test_what_is_wrong_is_said_in_one_line(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, "migrate", "--config", "none.toml") == (
        1,
        "",
        "doorstep: There is no settings file none.toml.\n",
    )
    status, _, wrong = typed(capsys, "restore", "none.tar.gz", "--into", "back")
    assert (status, wrong.splitlines()[-1]) == (1, "doorstep: There is no backup none.tar.gz.")


def test_a_database_that_is_not_there(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "doorstep.toml").write_text('database_url = "postgresql://127.0.0.1:1/x"\n')
    status, _, wrong = typed(capsys, "migrate")
    assert status == 1
    assert wrong.startswith("doorstep: The database cannot be reached: ")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(capsys, "version") == (0, f"{__version__}\n", "")
