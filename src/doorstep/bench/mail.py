"""`doorstep bench mail`: how fast mails are read, beside the bare parser of the standard library.

Ours reads each mail whole: parts, bodies, files, what was newly written, the kind, and its HTML made
harmless. The floor only parses it (`email.message_from_bytes`), and decodes nothing. Rounds of both are
interleaved and medians taken, in CPU seconds of one core: read the ratio.
"""

import email
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import msgspec

from doorstep.bench.mails import mails
from doorstep.channels import reader_of
from doorstep.kernel import Misconfigured
from doorstep.pages import clean

MADE = 1_000
"""Mails of our own in a round, when no folder is given."""


class Figures(msgspec.Struct):
    """Mails a second, by round."""

    floor: list[float] = msgspec.field(default_factory=list)
    ours: list[float] = msgspec.field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.floor)


def bench_mail(folder: Path | None, rounds: int, say: Callable[[str], None]) -> Figures:
    """Measure; `say` gets a line as each round ends, and the report last."""
    raws, figures, reader = _material(folder), Figures(), reader_of("mail")
    size = sum(map(len, raws)) / len(raws) / 1000
    for number in range(1, rounds + 1):
        figures.floor.append(_rate(raws, email.message_from_bytes))
        figures.ours.append(_rate(raws, lambda raw: reader.sheet(raw, clean)))
        say(f"round {number} of {rounds}: parsed {figures.floor[-1]:,.0f}/s, read {figures.ours[-1]:,.0f}/s")
    say(f"{len(raws):,} mails of {size:.1f} kB")
    say(f"floor, bare parse of the standard library, mails/s   {median(figures.floor):,.0f}")
    say(f"read, cleaned, stripped and told apart, mails/s      {median(figures.ours):,.0f}")
    say(f"read / floor                                         {figures.ratio:.2f}   (to reach: 0.35)")
    return figures


def _material(folder: Path | None) -> list[bytes]:
    if folder is None:
        return mails(MADE)
    files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    if not (found := [raw for raw in files if raw.strip()]):
        raise Misconfigured(f"There is no mail in {folder}.")
    return found


def _rate(raws: Sequence[bytes], read: Callable[[bytes], object]) -> float:
    began = time.process_time()
    for raw in raws:
        read(raw)
    return len(raws) / (time.process_time() - began)
