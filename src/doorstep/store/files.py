"""Files on disk, by the SHA-256 of their content: `ab/cdef…`, written whole, fsynced, never changed."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from doorstep.kernel import Content, NotFound, TooMuch
from doorstep.store.database import Connection, Database
from doorstep.store.queries import beside

sql = beside(__file__)

GRACE = 24 * 3600.0
"""Seconds a file may lie before its owner's row must be there."""


async def use_files(tx: Connection, uses: Sequence[tuple[str, UUID]]) -> None:
    """Note who needs which file, as (SHA-256, owner's id), within `tx`; what nobody needs is swept away."""
    if uses:
        await sql.run(tx, "use_files", sha256s=[u[0] for u in uses], owner_ids=[u[1] for u in uses])


async def let_go_files(tx: Connection, owner_ids: Sequence[UUID], sha256s: Sequence[str]) -> None:
    """Note, within `tx`, that these no longer need these files, pair by pair."""
    if owner_ids:
        await sql.run(tx, "let_go_files", owner_ids=list(owner_ids), sha256s=list(sha256s))


class DiskFiles:
    """The file store of one machine, or of several on a shared mount."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def keep(self, content: Content) -> str:
        """Store and fsync; returns the name. Raises `OSError` when the disk is full."""
        if isinstance(content, bytes):
            return await asyncio.to_thread(self._keep, content)
        return await asyncio.to_thread(self._keep_pieces, content)

    def _keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        if _touch(self.path(sha256)):
            return sha256
        draft = self._draft(sha256[:2])
        try:
            with draft.open("wb") as file:
                file.write(content)
                _fsync(file)
            self._take(draft, sha256)
        finally:
            draft.unlink(missing_ok=True)
        return sha256

    def _keep_pieces(self, pieces: Iterable[bytes]) -> str:
        digest, draft = hashlib.sha256(), self._draft()
        try:
            with draft.open("wb") as file:
                for piece in pieces:
                    digest.update(piece)
                    file.write(piece)
                _fsync(file)
            self._take(draft, digest.hexdigest())
        finally:
            draft.unlink(missing_ok=True)
        return digest.hexdigest()

    def _draft(self, prefix: str = "00") -> Path:
        """Where to write what is not whole yet; the sweep looks there too."""
        path = self.folder / prefix / f".{uuid4().hex}"
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _fsync_folder(self.folder)
        return path

    async def keep_stream(self, chunks: AsyncIterable[bytes], most: int) -> tuple[str, int]:
        """Store what comes piece by piece, without holding it in memory; returns the name and the bytes.

        Raises `TooMuch` past `most` bytes; nothing is left then, nor when the sender goes away.
        """
        digest, size = hashlib.sha256(), 0
        draft = await asyncio.to_thread(self._draft)
        try:
            with await asyncio.to_thread(draft.open, "wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise TooMuch(f"At most {most // 1_000_000} MB a file.")
                    digest.update(chunk)
                    await asyncio.to_thread(file.write, chunk)
                await asyncio.to_thread(_fsync, file)
            await asyncio.to_thread(self._take, draft, digest.hexdigest())
        finally:
            draft.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _take(self, draft: Path, sha256: str) -> None:
        path = self.path(sha256)
        if _touch(path):
            return
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _fsync_folder(self.folder)
        draft.replace(path)
        _fsync_folder(path.parent)

    async def read(self, sha256: str) -> bytes:
        """The content. Raises `NotFound`."""
        try:
            return await asyncio.to_thread(self.path(sha256).read_bytes)
        except FileNotFoundError:
            raise NotFound("This file is no longer here.") from None

    async def pieces(self, sha256: str, size: int) -> AsyncIterator[bytes]:
        """The content, `size` bytes at a time. Raises `NotFound`, at once."""
        try:
            file = await asyncio.to_thread(self.path(sha256).open, "rb")
        except FileNotFoundError:
            raise NotFound("This file is no longer here.") from None
        return _pieces(file, size)

    def path(self, sha256: str) -> Path:
        """Where a file lies."""
        return self.folder / sha256[:2] / sha256[2:]

    def remove(self, sha256: str, before: float) -> bool:
        """Remove a file that lay untouched since `before`, in seconds; whether it is not there any more."""
        path = self.path(sha256)
        return _remove_older(path, before) or not path.exists()

    async def sweep(self, db: Database) -> int:
        """Remove files nobody has needed for a day; returns how many."""
        moment = time.time() - GRACE
        old = await asyncio.to_thread(self._older_than, moment)
        async with db.connection() as on:
            used = {row[0] for row in await sql.tuples(on, "used_files", sha256s=old)}
        unused = [self.path(sha256) for sha256 in old if sha256 not in used]
        return sum([await asyncio.to_thread(_remove_older, path, moment) for path in unused])

    def _older_than(self, moment: float) -> list[str]:
        return [
            path.parent.name + path.name
            for path in self.folder.glob("??/*")
            if path.is_file() and path.stat().st_mtime < moment
        ]

    def free_share(self) -> float:
        """How much of the disk is free, 0 to 1."""
        self.folder.mkdir(parents=True, exist_ok=True)
        disk = os.statvfs(self.folder)
        return disk.f_bavail / max(disk.f_blocks, 1)


async def _pieces(file: BinaryIO, size: int) -> AsyncIterator[bytes]:
    with file:
        while piece := await asyncio.to_thread(file.read, size):
            yield piece


def _fsync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _touch(path: Path) -> bool:
    """Make it young again, if it is there."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _remove_older(path: Path, moment: float) -> bool:
    # It may have been kept once more since it was listed, or another node's sweep may have been here.
    try:
        if path.stat().st_mtime >= moment:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
