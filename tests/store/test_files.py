"""Files: whole or not at all, once for one content, and gone when nobody needs them."""

import asyncio
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doorstep.kernel import NotFound, new_id
from doorstep.store import Database, DiskFiles, use_files
from doorstep.store.files import GRACE

MEGABYTE = 1 << 20


@pytest.fixture
def files(tmp_path: Path) -> DiskFiles:
    return DiskFiles(tmp_path / "files")


def lying(files: DiskFiles) -> list[Path]:
    """Every file there is, drafts too."""
    return [path for path in files.folder.rglob("*") if path.is_file()]


def grow_old(files: DiskFiles, sha256: str, seconds: float = GRACE + 60) -> None:
    then = time.time() - seconds
    os.utime(files.path(sha256), (then, then))


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system refuses to write more, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_pieces_are_kept_as_what_is_whole_is(files: DiskFiles) -> None:
    pieces = [os.urandom(MEGABYTE), b"", b"the end"]
    sha256 = await files.keep(pieces)
    assert await files.read(sha256) == b"".join(pieces)
    assert await files.keep(b"".join(pieces)) == await files.keep(pieces) == sha256
    assert lying(files) == [files.path(sha256)]


async def test_pieces_that_end_too_soon_leave_nothing(files: DiskFiles) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("this cannot be read on")

    with pytest.raises(ValueError, match="read on"):
        await files.keep(broken())
    assert lying(files) == []


async def test_what_is_kept_is_read_again(files: DiskFiles) -> None:
    for content in (b"", b"a picture", os.urandom(3 * MEGABYTE)):
        assert await files.read(await files.keep(content)) == content


async def test_one_content_lies_there_once(files: DiskFiles) -> None:
    names = await asyncio.gather(*(files.keep(b"the same" * 1000) for _ in range(20)))
    assert len(set(names)) == 1
    assert [path.read_bytes() for path in lying(files)] == [b"the same" * 1000]


async def test_what_is_not_there_is_said_to_be_gone(files: DiskFiles) -> None:
    with pytest.raises(NotFound):
        await files.read("ab" * 32)


async def test_a_full_disk_is_an_error_and_leaves_nothing_behind(files: DiskFiles) -> None:
    with files_of_at_most(MEGABYTE), pytest.raises(OSError, match="too large"):
        await files.keep(os.urandom(2 * MEGABYTE))
    assert lying(files) == []


async def test_a_reader_never_sees_half_a_file(files: DiskFiles) -> None:
    contents = [os.urandom(MEGABYTE) for _ in range(8)]
    keeping = asyncio.gather(*(files.keep(content) for content in contents))
    seen = set()
    while not keeping.done():
        seen |= {path.stat().st_size for path in files.folder.glob("??/[!.]*")}
        await asyncio.sleep(0)
    await keeping
    assert seen <= {MEGABYTE}


async def test_the_sweep_spares_what_is_used_and_what_is_young(files: DiskFiles, database: Database) -> None:
    used, young, old, again = [await files.keep(name) for name in (b"used", b"young", b"old", b"again")]
    for sha256 in (used, old, again):
        grow_old(files, sha256)
    async with database.transaction() as tx:
        await use_files(tx, [])
        await use_files(tx, [(used, new_id()), (used, new_id())])
    await files.keep(b"again")
    assert await files.sweep(database) == 1
    assert {path.parent.name + path.name for path in lying(files)} == {used, young, again}
    with pytest.raises(NotFound):
        await files.read(old)


async def test_a_file_wanted_again_during_the_sweep_stays(files: DiskFiles, database: Database) -> None:
    sha256 = await files.keep(b"wanted")
    grow_old(files, sha256)
    async with database.connection() as on:
        blocking = on.transaction()
        await blocking.start()
        await on.execute("lock table file_use in access exclusive mode")
        sweeping = asyncio.create_task(files.sweep(database))
        await asyncio.wait([sweeping], timeout=0.2)
        assert not sweeping.done()
        assert await files.keep(b"wanted") == sha256
        await blocking.rollback()
    assert await sweeping == 0
    assert await files.read(sha256) == b"wanted"


async def test_the_sweep_takes_drafts_that_a_crash_left(files: DiskFiles, database: Database) -> None:
    await files.keep(b"whole")
    (folder,) = files.folder.iterdir()
    draft = folder / ".0123456789abcdef"
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))
    assert await files.sweep(database) == 1
    assert not draft.exists()


async def test_what_a_rolled_back_owner_used_is_unused(files: DiskFiles, database: Database) -> None:
    sha256 = await files.keep(b"never mind")
    grow_old(files, sha256)
    async with database.connection() as on:
        undone = on.transaction()
        await undone.start()
        await use_files(on, [(sha256, new_id())])
        await undone.rollback()
    assert await files.sweep(database) == 1


def test_the_free_share_is_a_share(files: DiskFiles) -> None:
    disk = os.statvfs("/")
    assert 0 <= files.free_share() <= 1
    assert DiskFiles(Path("/")).free_share() == pytest.approx(disk.f_bavail / disk.f_blocks, abs=0.05)
