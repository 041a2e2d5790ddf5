"""Short files and short functions: goals of STYLE.md, and a ratchet for what is beyond them.

`ratchet.json` holds the last figures. A figure within its goal may move; one beyond it may only fall. After a
change for the better: `make ratchet`, and commit the file.
"""

import json
from pathlib import Path

import pytest

from tests.house.code import (
    DESK,
    SOURCE,
    body_length,
    desk_files,
    functions,
    length,
    modules,
    place,
    quantiles,
)

RATCHET = Path(__file__).with_name("ratchet.json")
GOALS = {
    "python files, median": 60,
    "python files, 90th": 200,
    "python files, longest": 400,
    "python functions, median": 6,
    "python functions, 90th": 20,
    "python functions, longest": 50,
    "desk files, median": 60,
    "desk files, 90th": 150,
    "desk files, longest": 300,
}


def figures() -> dict[str, float]:
    """Every figure as it is now, in lines that are not blank."""
    found: dict[str, float] = {}
    kinds = {
        "python files": [length(path) for path in modules()],
        "python functions": [body_length(path, function) for path, function in functions()],
        "desk files": [length(path) for path in desk_files()],
    }
    for kind, lengths in kinds.items():
        for name, figure in zip(("median", "90th", "longest"), quantiles(lengths), strict=True):
            found[f"{kind}, {name}"] = figure
    return found


def longest() -> list[str]:
    """The longest of each kind, to know where to look."""
    path, function = max(functions(), key=lambda pair: body_length(*pair))
    files = [max(modules(), key=length), max(desk_files(), key=length)]
    return [place(path, function.lineno), *[place(file, 1) for file in files]]


@pytest.mark.parametrize("name", GOALS)
def test_sizes(name: str) -> None:
    now, goal, last = figures()[name], GOALS[name], json.loads(RATCHET.read_text()).get(name, 0)
    assert now <= max(goal, last), (
        f"{name}: {now} lines, before {last}, the goal is {goal}. Look at {longest()}."
    )


def test_every_room_is_measured() -> None:
    assert len(modules()) > 50
    assert len(desk_files()) > 10
    assert SOURCE.is_dir()
    assert DESK.is_dir()


if __name__ == "__main__":
    RATCHET.write_text(json.dumps(figures(), indent=2) + "\n")
    print(
        *(f"{name:30} {figure:6} (goal {GOALS[name]})" for name, figure in figures().items()),
        *longest(),
        sep="\n",
    )
