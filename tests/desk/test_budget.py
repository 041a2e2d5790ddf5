"""What a browser fetches before the desk stands, compressed."""

import gzip
import re
from pathlib import Path

from doorstep.house.desk import FOLDER

BUDGET = 250_000
LATER = 150_000
"""What may come when it is first needed: the editor of replies, a view that few open."""


def test_the_first_load_stays_within_its_budget() -> None:
    assert (FOLDER / "index.html").is_file(), "The desk is not built: `make desk`."
    assert sum(map(compressed, first_load())) <= BUDGET


def test_what_comes_later_is_bounded_too() -> None:
    later = {path for path in FOLDER.rglob("*") if path.suffix in {".js", ".css"}} - first_load()
    assert sum(map(compressed, later)) <= LATER


def first_load() -> set[Path]:
    """The page, and what it names."""
    page = FOLDER / "index.html"
    named = re.findall(r'(?:src|href)="/([^"]+\.(?:js|css))"', page.read_text())
    return {page, *(FOLDER / name for name in named)}


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
