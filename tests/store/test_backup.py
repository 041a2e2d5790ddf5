"""A backup comes back whole into an empty folder, or not at all."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import msgspec
import pytest

from doorstep.kernel import Invalid, Misconfigured
from doorstep.store import DiskFiles
from doorstep.store.backup import backup, restore
from doorstep.store.embedded import discard, embedded

ROWS = 500
CONTENTS = [b"a letter", b"x" * 3_000_000, b""]


@pytest.fixture
async def data(tmp_path: Path, database_url: str) -> Path:
    """A data folder with files and a secret, and a database whose rows name the files."""
    data = tmp_path / "data"
    files = DiskFiles(data / "files")
    db = await asyncpg.connect(database_url)
    for content in CONTENTS:
        sha256 = await files.keep(content)
        await db.execute("insert into file_use (sha256, owner_id) values ($1, $2)", sha256, uuid4())
    rows = [(uuid4(), f"Åsa {n}") for n in range(ROWS)]
    await db.executemany("insert into customer (id, name) values ($1, $2)", rows)
    await db.close()
    (data / "secrets").mkdir()
    (data / "secrets" / "session.key").write_text("hush")
    return data


@pytest.fixture
async def into(tmp_path: Path) -> AsyncIterator[Path]:
    """Where to restore to."""
    yield tmp_path / "into"
    discard(tmp_path / "into")


async def content_of(url: str) -> dict[str, tuple[int, str]]:
    """Every table's count of rows, and a sum over their text."""
    db = await asyncpg.connect(url)
    tables = await db.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
    found = {}
    for (table,) in tables:
        row = await db.fetchrow(
            f"select count(*), md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t"
        )
        found[table] = (row[0], row[1])
    await db.close()
    return found


async def test_a_backup_comes_back(data: Path, database_url: str, tmp_path: Path, into: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    saved = await backup(database_url, data, archive)
    assert archive.stat().st_mode & 0o777 == 0o600
    assert len(saved.members) == 1 + len(CONTENTS) + 1
    assert await restore(archive, into) == saved
    async with embedded(into, fsync=False) as server:
        assert await content_of(server.url) == await content_of(database_url)
    files = DiskFiles(into / "files")
    assert [await files.read(hashlib.sha256(c).hexdigest()) for c in CONTENTS] == CONTENTS
    assert (into / "secrets" / "session.key").read_text() == "hush"
    assert (into / "secrets" / "session.key").stat().st_mode & 0o777 == 0o600
    assert not [p.name for p in into.iterdir() if p.name.startswith(".")]


async def test_into_a_server_of_ones_own(
    data: Path, database_url: str, empty_url: str, tmp_path: Path, into: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    await backup(database_url, data, archive)
    await restore(archive, into, empty_url)
    assert await content_of(empty_url) == await content_of(database_url)
    assert sorted(p.name for p in into.iterdir()) == ["files", "secrets"]


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
async def test_half_an_archive(
    data: Path, database_url: str, tmp_path: Path, into: Path, share: float
) -> None:
    whole = tmp_path / "backup.tar.gz"
    await backup(database_url, data, whole)
    half = tmp_path / "half.tar.gz"
    half.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * share)])
    with pytest.raises(Invalid, match=r"half\.tar\.gz is not a whole backup.*Nothing was restored"):
        await restore(half, into)
    assert not into.exists()


async def test_a_changed_member(data: Path, database_url: str, tmp_path: Path, into: Path) -> None:
    whole, changed = tmp_path / "backup.tar.gz", tmp_path / "changed.tar.gz"
    await backup(database_url, data, whole)
    changed.write_bytes(gzip.compress(gzip.decompress(whole.read_bytes()).replace(b"hush", b"hash")))
    into.mkdir()
    with pytest.raises(Invalid, match=r"session\.key is not what the manifest says"):
        await restore(changed, into)
    assert list(into.iterdir()) == []


@pytest.mark.parametrize("name", ["../evil", "secrets/../../evil", "/evil", "elsewhere/evil", "secrets/.."])
async def test_a_member_that_would_leave_the_folder(tmp_path: Path, into: Path, name: str) -> None:
    archive = tmp_path / "evil.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        info = tarfile.TarInfo(name)
        info.size = 4
        tar.addfile(info, io.BytesIO(b"evil"))
    with pytest.raises(Invalid, match="is none of ours"):
        await restore(archive, into)
    assert not into.exists()


async def test_a_folder_or_a_database_with_something_in_it(
    data: Path, database_url: str, tmp_path: Path, into: Path
) -> None:
    archive = tmp_path / "backup.tar.gz"
    await backup(database_url, data, archive)
    with pytest.raises(Misconfigured, match="is not empty"):
        await restore(archive, data)
    assert (data / "secrets" / "session.key").read_text() == "hush"
    before = await content_of(database_url)
    with pytest.raises(Misconfigured, match="has tables already"):
        await restore(archive, into, database_url)
    assert not into.exists()
    assert await content_of(database_url) == before


async def test_a_backup_of_a_newer_doorstep(
    data: Path, database_url: str, tmp_path: Path, into: Path
) -> None:
    db = await asyncpg.connect(database_url)
    await db.execute("insert into migration (name, sha256) values ('9999_later', '')")
    await db.close()
    archive = tmp_path / "backup.tar.gz"
    await backup(database_url, data, archive)
    with pytest.raises(Misconfigured, match=r"newer than this one.*9999_later"):
        await restore(archive, into)
    assert not into.exists()


async def test_a_lost_file_is_named_and_the_rest_saved(data: Path, database_url: str, tmp_path: Path) -> None:
    lost = hashlib.sha256(CONTENTS[0]).hexdigest()
    DiskFiles(data / "files").path(lost).unlink()
    saved = await backup(database_url, data, tmp_path / "backup.tar.gz")
    assert saved.missing == [lost]
    with gzip.open(tmp_path / "backup.tar.gz") as file, tarfile.open(fileobj=file) as tar:
        assert msgspec.json.decode(tar.extractfile("manifest.json").read())["missing"] == [lost]  # type: ignore[union-attr]


async def test_never_over_another(data: Path, database_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    archive.write_text("mine")
    with pytest.raises(Misconfigured, match="exists already"):
        await backup(database_url, data, archive)
    assert archive.read_text() == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.tar.gz", "data"]
