"""Worlds: who can be known is found, hardly anybody is taken for another, and no forger at all."""

from pathlib import Path

import pytest

from doorstep.cli.stream.trial import Trial
from doorstep.store import Database
from tests.stream.judge import judge
from tests.stream.world import World


@pytest.mark.parametrize("seed", [3, 4])
async def test_a_world(seed: int, database: Database, tmp_path: Path) -> None:
    verdict = await judge(Trial(database, tmp_path), World(seed, people=90))
    assert verdict.found >= 0.75, verdict.counts
    assert verdict.wrong <= 0.01, [example for example in verdict.examples if example[0] == "wrong"]
    assert verdict.forged_wrong == 0
