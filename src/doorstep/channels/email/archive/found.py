"""The files to look into: those given, those in folders, and those that lie packed in them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from doorstep.channels.email.archive.region import Region, whole
from doorstep.channels.email.archive.unpack import BROKEN, Unpacker, packing
from doorstep.kernel import Bounds, Invalid

MAILDIR = {"cur", "new"}

Found = tuple[Region, str]
"""A region, and why nothing can be made of it; empty when something can."""


def found(paths: Sequence[Path], unpacked: Path, bounds: Bounds) -> Iterator[Found]:
    """Every file, those of a folder by name. Raises `Invalid` when a path is not there."""
    unpacker = Unpacker(unpacked, bounds)
    for path in paths:
        if not path.exists():
            raise Invalid(f"There is no {path}.")
        for file, name in _files(path):
            try:
                region = whole(file, name)
            except OSError as error:
                yield Region("", 0, 0, name, 0.0), f"The file cannot be read: {error.strerror}."
                continue
            yield from _opened(region, unpacker, bounds.depth)


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if path.is_file():
        yield path, path.name
        return
    for folder, inner, files in os.walk(path):
        inner.sort()
        here = Path(folder)
        if set(inner) >= MAILDIR and "tmp" in inner:
            inner.remove("tmp")
            continue  # Beside cur and new lies only what a program notes for itself.
        for file in sorted(files):
            if (here / file).is_file():
                yield here / file, str((here / file).relative_to(path.parent))


def _opened(region: Region, unpacker: Unpacker, depth: int) -> Iterator[Found]:
    """The region itself, or what is packed in it."""
    try:
        kind = packing(region)
        if not kind:
            yield region, ""
        elif depth == 0:
            yield region, "It is packed more often than we look."
        else:
            for member in unpacker.members(region, kind):
                yield from _opened(member, unpacker, depth - 1)
    except BROKEN as error:
        yield region, f"It cannot be unpacked: {str(error) or type(error).__name__}."
