"""`doorstep replay PATH`, killed and run again: each mail once, in its conversation."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.kills.process import CHANNEL
from tests.spine.moving import CARE, OLD, mbox, threads

PLACE = "select coalesce(max(place), 0) from import"


@pytest.fixture
async def on(database_url: str, tmp_path: Path) -> "asyncpg.Connection[asyncpg.Record]":
    (tmp_path / "doorstep.toml").write_text(f'data = "{tmp_path}/data"\ndatabase_url = "{database_url}"\n')
    on = await asyncpg.connect(database_url)
    await on.execute("insert into queue (id, name) values (gen_random_uuid(), 'Care')")
    await on.execute(
        "insert into inbox (id, channel, name, address, queue_id) "
        "select gen_random_uuid(), $1, 'Care', $2, id from queue",
        *(CHANNEL, CARE),
    )
    return on


def typed(folder: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DOORSTEP_")}
    return subprocess.Popen(
        [sys.executable, "-m", "doorstep", "replay", *words, "--config", str(folder / "doorstep.toml")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder,
    )  # fmt: skip


async def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = await asyncio.to_thread(process.communicate)
    return process.returncode, out, err


async def test_killed_three_times_it_takes_each_once(
    on: "asyncpg.Connection[asyncpg.Record]", tmp_path: Path
) -> None:
    mails = [mail.raw for mail in threads(900)]
    spam = b"From: a@b.example\nX-Gmail-Labels: Spam\nMessage-ID: <spam@b.example>\n\nBuy\n"
    words = (str(mbox(tmp_path / "All.mbox", [*mails, spam])), "--inbox", CARE, "--ours", OLD)
    for _ in range(3):
        began = await on.fetchval(PLACE)
        process = typed(tmp_path, *words)
        while process.poll() is None and await on.fetchval(PLACE) < began + 100:
            await asyncio.sleep(0.01)
        assert process.poll() is None, "it ended before it was killed"
        process.send_signal(signal.SIGKILL)
        await ended(process)
    report = tmp_path / "left.csv"
    status, out, err = await ended(typed(tmp_path, *words, "--report", str(report)))
    assert (status, out.splitlines()[0]) == (1, f"{len(mails):,} taken, 0 were here already, 1 refused."), err
    assert "Going on after" in err
    assert report.read_text().splitlines()[1].startswith("All.mbox:")
    assert "<spam@b.example>,It lay in spam there." in report.read_text()
    assert await on.fetchval("select count(*) from interaction") == len(mails)
    assert await on.fetchval("select count(distinct conversation_id) from interaction") == 900
    assert await on.fetchval("select count(*) from work") == 0
    assert await on.fetchval("select count(*) from conversation where state <> 'resolved'") == 0
    again = await ended(typed(tmp_path, *words))
    assert again[1].splitlines()[0] == f"0 taken, {len(mails):,} were here already, 1 refused."


async def test_a_dry_run_and_what_is_wrong(on: "asyncpg.Connection[asyncpg.Record]", tmp_path: Path) -> None:
    mails = [mail.raw for mail in threads(10)]
    path = str(mbox(tmp_path / "All.mbox", mails))
    told = await ended(typed(tmp_path, path, "--inbox", CARE, "--dry-run"))
    assert told[:2] == (0, f"{len(mails)} would be taken, 0 are here already, 0 refused.\n"), told
    assert await on.fetchval("select count(*) from seen") == 0
    wrong = {
        (path, "--inbox", "who@else.example"): "There is no inbox who@else.example",
        (path,): "Say by --inbox ADDRESS",
        ("none.mbox", "--inbox", CARE): "There is no none.mbox.",
    }
    for words, said in wrong.items():
        status, _, err = await ended(typed(tmp_path, *words))
        assert status == 1
        assert f"doorstep: {said}" in err


async def test_undelivered_signals_still_go_through_again(
    on: "asyncpg.Connection[asyncpg.Record]", tmp_path: Path
) -> None:
    assert (await ended(typed(tmp_path)))[:2] == (0, "0 signals go through again.\n")
    status, _, err = await ended(typed(tmp_path, "018f3f00-0000-7000-8000-000000000000"))
    assert (status, err.splitlines()[-1]) == (1, "doorstep: This one does not wait here any more.")
