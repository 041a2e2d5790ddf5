"""`doorstep bench mail`: how fast mails are read, beside the bare parser of the standard library.

Ours reads each mail whole: parts, bodies, files, what was newly written, the kind, and its HTML made
harmless: what `doorstep mail` prints. What is made of it when it enters (its digest, its place, whether it
is wanted) is not in it. The floor only parses it (`email.message_from_bytes`), and decodes nothing. Rounds
of both are interleaved and medians taken, in CPU seconds of one core: read the ratio. The shares of the
stages are measured apart from that, each over all mails at once.
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
    """Mails a second, by round; seconds of ours in each stage, over all rounds."""

    floor: list[float] = msgspec.field(default_factory=list)
    ours: list[float] = msgspec.field(default_factory=list)
    stages: dict[str, float] = msgspec.field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.floor)

    @property
    def shares(self) -> str:
        """Each stage's part of our time."""
        whole = sum(self.stages.values())
        return ", ".join(f"{name} {took / whole:.0%}" for name, took in self.stages.items())


def bench_mail(folders: Sequence[Path], rounds: int, say: Callable[[str], None]) -> dict[str, Figures]:
    """Measure each folder, or mails of our own, and with several all of them together.

    `say` gets a line as each round ends, and the report last.
    """
    material = _material(folders)
    measured = {name: _measured(name, raws, rounds, say) for name, raws in material.items()}
    for name, figures in measured.items():
        raws = material[name]
        say(f"{name}: {len(raws):,} mails of {sum(map(len, raws)) / len(raws) / 1000:.1f} kB")
        say(f"floor, bare parse of the standard library, mails/s   {median(figures.floor):,.0f}")
        say(f"read, cleaned, stripped and told apart, mails/s      {median(figures.ours):,.0f}")
        say(f"of that time                                         {figures.shares}")
        say(f"read / floor                                         {figures.ratio:.2f}   (to reach: 0.35)")
    return measured


def _measured(name: str, raws: list[bytes], rounds: int, say: Callable[[str], None]) -> Figures:
    figures, reader = (
        Figures(stages=dict.fromkeys(("read", "sanitise", "strip and kind"), 0.0)),
        reader_of("mail"),
    )
    for number in range(1, rounds + 1):
        figures.floor.append(_rate(raws, email.message_from_bytes))
        figures.ours.append(_rate(raws, lambda raw: reader.sheet(raw, clean)))
        for stage, took in reader.stages(raws, clean).items():
            figures.stages[stage] += took
        said = f"parsed {figures.floor[-1]:,.0f}/s, read {figures.ours[-1]:,.0f}/s"
        say(f"{name}, round {number} of {rounds}: {said}")
    return figures


def _material(folders: Sequence[Path]) -> dict[str, list[bytes]]:
    if not folders:
        return {"made up": mails(MADE)}
    found = {str(folder): _mails_in(folder) for folder in folders}
    return found if len(found) == 1 else found | {"all": [raw for raws in found.values() for raw in raws]}


def _mails_in(folder: Path) -> list[bytes]:
    files = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    if not (found := [raw for raw in files if raw.strip()]):
        raise Misconfigured(f"There is no mail in {folder}.")
    return found


def _rate(raws: Sequence[bytes], read: Callable[[bytes], object]) -> float:
    began = time.process_time()
    for raw in raws:
        read(raw)
    return len(raws) / (time.process_time() - began)
