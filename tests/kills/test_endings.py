"""Told to stop, a node ends everything it started, and what it acknowledged is there afterwards."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import pytest

from doorstep.store.embedded.home import home_of
from doorstep.store.embedded.lock import held
from doorstep.store.embedded.orphan import is_alive
from tests.kills.count import check_rows, drained, lost_and_doubled
from tests.kills.load import writing
from tests.kills.process import Serve, serving
from tests.kills.watcher import watching

LONGEST = 10.0
"""Seconds that an ending may take."""


def check_nothing_is_left(node: Serve, family: list[int]) -> None:
    assert [pid for pid in family if is_alive(pid)] == []
    assert node.postmaster() is None
    with held(home_of(node.data).folder / "lock"):
        assert not (home_of(node.data).cluster / "postmaster.pid").exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_stop_under_load(tmp_path: Path, how: signal.Signals) -> None:
    async with serving(tmp_path) as node:
        async with writing(node.door, seed=2) as load:
            await load.some(100, 60)
            family, began = node.family(), time.monotonic()
            node.tell(how)
            status = await node.ended(LONGEST)
            took = time.monotonic() - began
            print(f"\n{how.name}: {len(family)} processes ended in {took:.1f} s, status {status}")
            assert (status, "Traceback" in node.said(100_000)) == (0, False), node.said()
            check_nothing_is_left(node, family)
            await node.start()
        await drained(await node.url(), 60)
        on = await asyncpg.connect(await node.url())
        assert await lost_and_doubled(on, load.acknowledged) == ([], [])
        await check_rows(on)
        await on.close()


async def test_told_to_stop_with_screens_open(tmp_path: Path) -> None:
    async with serving(tmp_path) as node, watching(node):
        family, began = node.family(), time.monotonic()
        node.tell(signal.SIGTERM)
        assert await node.ended(LONGEST) == 0, node.said()
        print(f"\nwith a screen open: {time.monotonic() - began:.1f} s")
        check_nothing_is_left(node, family)
        await node.start()


async def test_a_second_one_on_the_same_data_says_so(tmp_path: Path) -> None:
    async with serving(tmp_path) as node:
        command = [sys.executable, "-m", "doorstep", "serve", "--config", str(node.config)]
        second = subprocess.run(
            command, capture_output=True, text=True, timeout=30, check=False, cwd=tmp_path
        )
        assert second.returncode == 1
        assert f"Doorstep already runs on this data folder (process {node.process.pid}" in second.stderr
        assert "Traceback" not in second.stderr
        assert node.runs()


async def test_a_taken_port_is_said(tmp_path: Path) -> None:
    async with serving(tmp_path) as node:
        other = Serve(tmp_path, await node.url(), name="other")
        other.http = node.http
        other.configure(backlog=1000, disk_free=0.0)
        other.launch()
        assert await other.ended(30) == 1
        assert "the port is taken" in other.said()
        assert "Traceback" not in other.said()
