"""Understand: what a signal says of itself, fast enough to be done before the transaction. Pure."""

import msgspec

from doorstep.kernel import Signal
from doorstep.understanding.matter import matter


class Understood(msgspec.Struct, frozen=True):
    """What was made of a signal. First form: the matter in a few words."""

    matter: str


def understand(signal: Signal) -> Understood:
    """Read a signal for what the later steps need."""
    return Understood(matter(signal.subject, signal.said or signal.text))
