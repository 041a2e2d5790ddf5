"""`doorstep bench mail` reads what it says it reads, beside the floor."""

from pathlib import Path

import pytest

from doorstep.bench.mail import bench_mail
from doorstep.bench.mails import mails
from doorstep.channels import reader_of
from doorstep.cli import main
from doorstep.pages import clean


def test_the_mails_are_the_same_in_every_run_and_of_every_sort() -> None:
    raws = mails(200)
    assert raws == mails(200)
    sheets = [reader_of("mail").sheet(raw, clean) for raw in raws]
    assert {sheet.kind for sheet in sheets} == {"message", "list", "auto-reply"}  # type: ignore[attr-defined]
    assert not [sheet for sheet in sheets if sheet.warnings or not sheet.text]  # type: ignore[attr-defined]
    assert {len(sheet.attachments) for sheet in sheets} == {0, 1}  # type: ignore[attr-defined]
    assert any("<" in sheet.html for sheet in sheets)  # type: ignore[attr-defined]


def test_floor_and_reader_take_turns_on_the_mails_of_a_folder(tmp_path: Path) -> None:
    for number, raw in enumerate(mails(20)):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    said: list[str] = []
    figures = bench_mail([tmp_path], 2, said.append)[str(tmp_path)]
    assert (len(figures.floor), len(figures.ours)) == (2, 2)
    assert figures.ratio > 0
    assert said[2].startswith(f"{tmp_path}: 20 mails of ")
    assert said[-2].endswith(figures.shares)
    assert said[-1].startswith(f"read / floor                                         {figures.ratio:.2f}")


def test_two_folders_have_a_ratio_each_and_one_for_all(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.eml").write_bytes(mails(1)[0])
    measured = bench_mail(folders, 1, lambda words: None)
    assert list(measured) == [*map(str, folders), "all"]
    assert all(
        list(figures.stages) == ["read", "sanitise", "strip and kind"] for figures in measured.values()
    )


def test_an_empty_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "mail", "--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"doorstep: There is no mail in {tmp_path}.\n"
