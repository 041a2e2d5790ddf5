"""The archive: a gzipped tar whose members have their SHA-256 in the manifest, which comes last."""

import gzip
import hashlib
import io
import os
import re
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

import msgspec

from doorstep.kernel import Invalid
from doorstep.store.backup.manifest import DUMP, FORMAT, NAME, Manifest, Member

_ALLOWED = re.compile(
    rf"{re.escape(DUMP)}|files/[0-9a-f]{{2}}/[0-9a-f]{{62}}|files/erased\.jsonl|secrets/\w[\w.-]*"
)
_CHUNK = 1 << 20
_BROKEN = (EOFError, gzip.BadGzipFile, tarfile.TarError, zlib.error, msgspec.DecodeError)


class Reads(Protocol):
    """All we need of a file."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class Writing:
    """An archive being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.members: dict[str, Member] = {}
        self._tar = tarfile.open(fileobj=file, mode="w:gz", compresslevel=4)  # noqa: SIM115

    def add(self, name: str, path: Path) -> None:
        """Put a file in. Raises `FileNotFoundError` when it is gone."""
        with path.open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            reading = _Hashed(content)
            self._put(name, size, reading)
            self.members[name] = Member(size, reading.sha256.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """Put the manifest in; only now it is an archive."""
        content = msgspec.json.format(msgspec.json.encode(manifest))
        self._put(NAME, len(content), io.BytesIO(content))
        self._tar.close()

    def _put(self, name: str, size: int, content: Reads) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, content)


def unpack(archive: Path, into: Path) -> Manifest:
    """Write every member under `into` and compare it with the manifest; returns that.

    Raises `Invalid` for anything that is not a whole archive of ours. What was written stays with the caller.
    """
    try:
        with gzip.open(archive) as file, tarfile.open(fileobj=file, mode="r|") as tar:
            manifest = _verified(tar, into)
            _copied(file.read, io.BytesIO())  # to its end, where gzip's own sum is
            return manifest
    except FileNotFoundError:
        raise Invalid(f"There is no backup {archive}.") from None
    except _BROKEN as error:
        raise Invalid(f"{archive} is not a whole backup: {error}. Nothing was restored.") from error


def _verified(tar: tarfile.TarFile, into: Path) -> Manifest:
    found: dict[str, Member] = {}
    for info in tar:
        content = tar.extractfile(info) if info.isreg() else None
        if content is None:
            raise tarfile.TarError(f"{info.name!r} is no plain file")
        if info.name == NAME:
            manifest = msgspec.json.decode(content.read(), type=Manifest)
            _compare(manifest, found)
            return manifest
        if not _ALLOWED.fullmatch(info.name):
            raise tarfile.TarError(f"{info.name!r} is none of ours")
        found[info.name] = _write(content, into / info.name)
    raise EOFError("it ends before its manifest")


def _compare(manifest: Manifest, found: dict[str, Member]) -> None:
    if manifest.format != FORMAT:
        raise tarfile.TarError(f"its format is {manifest.format}, and this Doorstep reads {FORMAT}")
    for name in sorted(manifest.members.keys() | found.keys()):
        if manifest.members.get(name) != found.get(name):
            raise tarfile.TarError(f"{name} is not what the manifest says")


def _write(content: Reads, path: Path) -> Member:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reading = _Hashed(content)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        size = _copied(reading.read, out)
        out.flush()
        os.fsync(out.fileno())
    return Member(size, reading.sha256.hexdigest())


def _copied(read: Callable[[int], bytes], out: IO[bytes]) -> int:
    size = 0
    while chunk := read(_CHUNK):
        size += out.write(chunk)
    return size


class _Hashed:
    """Reads through, and hashes what it reads."""

    def __init__(self, content: Reads) -> None:
        self.sha256 = hashlib.sha256()
        self._content = content

    def read(self, size: int = -1, /) -> bytes:
        """As the file's."""
        chunk = self._content.read(size)
        self.sha256.update(chunk)
        return chunk
