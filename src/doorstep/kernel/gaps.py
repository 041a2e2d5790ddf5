"""Gaps: whether something in a text comes often enough, asked without looking at every character."""


def has_gap(text: str, mark: str, most: int) -> bool:
    """Whether somewhere more than `most` characters stand together without `mark`, which is one character."""
    at = 0
    while len(text) - at > most:
        at = text.rfind(mark, at, at + most + 1) + 1
        if not at:
            return True
    return False
