"""Understand: what a signal says of itself, fast enough to be done before the transaction. Pure."""

import msgspec

from doorstep.kernel import Signal
from doorstep.understanding.matter import matter
from doorstep.understanding.references import Orders, order_numbers


class Understood(msgspec.Struct, frozen=True):
    """What was made of a signal: the matter in a few words, and the orders it names."""

    matter: str
    orders: Orders = Orders()


def understand(signal: Signal) -> Understood:
    """Read a signal for what the later steps need."""
    said = signal.said or signal.text
    return Understood(matter(signal.subject, said), order_numbers(f"{signal.subject}\n{said}"))
