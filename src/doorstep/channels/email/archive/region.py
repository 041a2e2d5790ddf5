"""A region: a file, or a part of one, that can be read without being in memory."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

CHUNK = 1 << 20


class Region(msgspec.Struct, frozen=True):
    """`size` bytes of a file; `name` is what a person calls it, `changed_at` in seconds of Unix."""

    path: str
    start: int
    size: int
    name: str
    changed_at: float

    def head(self, count: int) -> bytes:
        """Its first bytes."""
        return read(self.path, self.start, min(count, self.size))

    def part(self, offset: int, count: int) -> bytes:
        """Some bytes of it."""
        return read(self.path, self.start + offset, max(0, min(count, self.size - offset)))

    def chunks(self) -> Iterator[bytes]:
        """All of it, in order."""
        left = self.size
        with open(self.path, "rb") as file:
            file.seek(self.start)
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk

    def opened(self) -> io.BufferedReader:
        """As a file of its own."""
        return io.BufferedReader(_Part(self), CHUNK)


def whole(path: Path, name: str) -> Region:
    """All of a file. Raises `OSError`."""
    known = path.stat()
    return Region(str(path), 0, known.st_size, name, known.st_mtime)


def read(path: str, start: int, count: int) -> bytes:
    """So many bytes from there on, or as many as there are."""
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(count)


class _Part(io.RawIOBase):
    def __init__(self, region: Region) -> None:
        self._region, self._at = region, 0
        self._file = open(region.path, "rb", buffering=0)  # noqa: SIM115

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._region.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, into: Any) -> int:
        count = min(len(into), max(0, self._region.size - self._at))
        self._file.seek(self._region.start + self._at)
        found = self._file.readinto(memoryview(into)[:count]) or 0
        self._at += found
        return found

    def close(self) -> None:
        self._file.close()
        super().close()
