"""The lists of words that lie in the folder `words`. A line that begins with # says what a list is."""

from pathlib import Path

FOLDER = Path(__file__).with_name("words")


def lines_of(name: str) -> list[str]:
    """The lines of a list."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def words_of(name: str) -> frozenset[str]:
    """The words of a list, whatever lines they stand on."""
    return frozenset(word for line in lines_of(name) for word in line.split())
