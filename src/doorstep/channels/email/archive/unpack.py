"""Archives within archives: zip, gzip and tar, unpacked one after another into one file, within bounds."""

import gzip
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from doorstep.channels.email.archive.region import CHUNK, Region
from doorstep.kernel import Bounds, Invalid

BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, RuntimeError, NotImplementedError),
)
"""What the standard library raises for an archive that is damaged, locked, or of a kind it does not know."""
PACKED = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "gzip"}
EVENLY = 1000
"""No mail packs better than this; what does is made to fill a disk."""
SMALL = 50_000_000
"""Bytes up to which nobody asks how well it packs."""


def packing(region: Region) -> str:
    """`zip`, `gzip` or `tar`; empty when it is none of them."""
    head = region.head(512)
    is_tar = head[257:262] == b"ustar"
    return "tar" if is_tar else next((kind for mark, kind in PACKED.items() if head.startswith(mark)), "")


class Unpacker:
    """Unpacks into one file; raises `Invalid` when that, or the count of members, outgrows the bounds."""

    def __init__(self, into: Path, bounds: Bounds) -> None:
        self._into, self._bounds = into, bounds
        self._size = self._members = 0
        into.parent.mkdir(parents=True, exist_ok=True)
        into.write_bytes(b"")

    def members(self, region: Region, kind: str) -> Iterator[Region]:
        """Each file in it, as a region of ours. Raises one of `BROKEN` for what cannot be unpacked."""
        with region.opened() as packed:
            if kind == "zip":
                yield from self._zip(region, packed)
            elif kind == "tar":
                yield from self._tar(region, packed)
            else:
                with gzip.GzipFile(fileobj=packed) as file:
                    name = region.name.removesuffix(".gz").removesuffix(".GZ")
                    yield self._taken(cast(IO[bytes], file), name, region.changed_at, region.size)

    def _zip(self, region: Region, packed: IO[bytes]) -> Iterator[Region]:
        with zipfile.ZipFile(packed) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    with archive.open(info) as file:
                        name = f"{region.name}/{info.filename}"
                        yield self._taken(file, name, region.changed_at, info.compress_size)

    def _tar(self, region: Region, packed: IO[bytes]) -> Iterator[Region]:
        with tarfile.open(fileobj=packed, mode="r|") as archive:
            for member in archive:
                if member.isfile() and (file := archive.extractfile(member)):
                    yield self._taken(file, f"{region.name}/{member.name}", float(member.mtime), member.size)

    def _taken(self, file: IO[bytes], name: str, changed_at: float, packed_size: int) -> Region:
        self._members += 1
        if self._members > self._bounds.members:
            raise Invalid(f"There are more than {self._bounds.members:,} files in it.")
        start = self._size
        with open(self._into, "ab") as into:
            while chunk := file.read(CHUNK):
                self._size += len(chunk)
                self._check(self._size - start, packed_size, name)
                into.write(chunk)
        return Region(os.fspath(self._into), start, self._size - start, name, changed_at)

    def _check(self, size: int, packed_size: int, name: str) -> None:
        if self._size > self._bounds.unpacked_bytes:
            most = self._bounds.unpacked_bytes / 1e9
            raise Invalid(f"It unpacks to more than {most:,.1f} GB. Send it in parts, or raise the limit.")
        if size > SMALL and size > packed_size * EVENLY:
            raise Invalid(f"{name} unpacks to more than {EVENLY:,} times its size, as no mails do.")
