"""What a browser fetches before the desk stands, compressed."""

import gzip

from doorstep.house.desk import FOLDER

BUDGET = 250_000


def test_the_first_load_stays_within_its_budget() -> None:
    files = [path for path in FOLDER.rglob("*") if path.suffix in {".js", ".css", ".html"}]
    assert (FOLDER / "index.html") in files, "The desk is not built: `make desk`."
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= BUDGET
