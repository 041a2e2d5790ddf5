"""What the reader notices on its way: short plain words for whoever wonders why a mail looks as it does."""

from collections.abc import Callable

MOST = 50

Notice = Callable[[str], None]
"""Called with the words."""


class Noticed:
    """Each thing once, in order, and no more than `MOST`."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}

    def __call__(self, words: str) -> None:
        if len(self._words) < MOST:
            self._words[words] = None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._words)


def ignored(words: str) -> None:
    """For readers of a part of a mail who tell nobody."""
