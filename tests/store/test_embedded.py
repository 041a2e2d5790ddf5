"""The embedded PostgreSQL starts anywhere, survives every kill, and leaves nothing behind."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from doorstep.kernel import Misconfigured
from doorstep.store.embedded import discard, embedded, programs
from doorstep.store.embedded.home import home_of

HOLDING = Path(__file__).with_name("holding.py")
WHEEL = programs().parent.parent
NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder, and nothing of its database left after the test."""
    yield tmp_path / "data"
    discard(tmp_path / "data")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator["asyncpg.Connection"]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def postmaster(data: Path) -> int:
    return int((home_of(data).cluster / "postmaster.pid").read_text().split()[0])


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2]
    except FileNotFoundError:
        return False
    return not state.startswith("Z")


def guardian_of(doorstep: int) -> int:
    """The shell among its children."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            pid, _, rest = stat.read_text().partition(" (")
            name, _, after = rest.rpartition(") ")
            if int(after.split()[1]) == doorstep and name.endswith("sh"):
                return int(pid)
    raise AssertionError("there is no guardian")


async def until(true: Callable[[], bool], seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited too long"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def another_doorstep(
    data: Path, *arguments: str, path: str = ""
) -> AsyncIterator[tuple["subprocess.Popen[str]", str]]:
    """Another process that holds a server on `data`, and the server's URL."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (path, *sys.path) if p)}
    command = [sys.executable, str(HOLDING), str(data), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    try:
        yield process, (await asyncio.to_thread(process.stdout.readline)).strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def test_first_and_second_start(data: Path) -> None:
    async with embedded(data) as server, connected(server.url) as db:
        await db.execute("create table kept as select 1 as n")
        names = ("fsync", "synchronous_commit", "data_checksums", "listen_addresses", "server_encoding")
        found = [await db.fetchval("select current_setting($1)", name) for name in names]
        assert found == ["on", "on", "on", "", "UTF8"]
        locale = (
            "select datlocprovider::text || datlocale from pg_database where datname = current_database()"
        )
        assert await db.fetchval(locale) == "bC.UTF-8"
    assert not (home_of(data).cluster / "postmaster.pid").exists()
    async with embedded(data) as server, connected(server.url) as db:
        assert await db.fetchval("select n from kept") == 1


async def test_only_the_password_opens_it(data: Path) -> None:
    async with embedded(data, fsync=False) as server:
        secret = server.url.split(":")[2].split("@")[0]
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(server.url.replace(secret, "guessed"))
        modes = {p: (server.folder / p).stat().st_mode & 0o777 for p in ("password", "run", "cluster")}
        assert modes == {"password": 0o600, "run": 0o700, "cluster": 0o700}


async def test_no_folder_of_others_changes(data: Path) -> None:
    others = [*data.parents, WHEEL, *WHEEL.parents]
    before = [(p.stat().st_mode, p.stat().st_uid) for p in others]
    async with embedded(data, fsync=False):
        assert [(p.stat().st_mode, p.stat().st_uid) for p in others] == before


async def test_a_killed_server_comes_back_with_every_committed_row(data: Path) -> None:
    async with embedded(data) as server:
        async with connected(server.url) as db:
            await db.execute("create table kept as select 1 as n")
        first = postmaster(data)
        os.kill(first, signal.SIGKILL)
        await until(lambda: not runs(first))
        for _ in range(400):
            with suppress(OSError, asyncpg.PostgresError):
                async with connected(server.url) as db:
                    assert await db.fetchval("select n from kept") == 1
                    assert postmaster(data) != first
                    return
            await asyncio.sleep(0.05)
    pytest.fail("the server did not come back")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
async def test_the_server_ends_with_us(data: Path, how: signal.Signals) -> None:
    async with another_doorstep(data) as (doorstep, url):
        async with connected(url) as db:
            await db.execute("create table kept as select 1 as n")
        server = postmaster(data)
        doorstep.send_signal(how)
        doorstep.wait()
        await until(lambda: not runs(server))
    async with embedded(data) as again, connected(again.url) as db:
        assert await db.fetchval("select n from kept") == 1


async def test_a_server_left_behind_is_ended_first(data: Path) -> None:
    async with another_doorstep(data) as (doorstep, url):
        left = postmaster(data)
        os.kill(guardian_of(doorstep.pid), signal.SIGKILL)
        doorstep.kill()
        doorstep.wait()
        assert runs(left)
        said: list[str] = []
        async with embedded(data, progress=said.append, fsync=False) as again:
            assert not runs(left)
            assert again.url == url
    assert any(str(left) in line for line in said)


async def test_two_starts_at_once(data: Path) -> None:
    async with embedded(data, fsync=False):
        with pytest.raises(Misconfigured, match=f"already runs.*process {os.getpid()}"):
            async with embedded(data, fsync=False):
                pass


async def test_a_folder_of_another_major_version(data: Path) -> None:
    cluster = home_of(data).cluster
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(Misconfigured, match=r"PostgreSQL 17.*brings 18"):
        async with embedded(data, fsync=False):
            pass


async def test_a_process_number_given_to_another_program(data: Path) -> None:
    async with embedded(data, fsync=False):
        pid_file = home_of(data).cluster / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    with subprocess.Popen(["sleep", "60"], user=home_of(data).uid) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        async with embedded(data, fsync=False) as server, connected(server.url) as db:
            assert await db.fetchval("select 1") == 1
        assert stranger.poll() is None
        stranger.kill()


async def test_a_half_made_database_is_made_again(data: Path) -> None:
    half = home_of(data).folder / "new-half"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    async with embedded(data, fsync=False) as server, connected(server.url) as db:
        assert await db.fetchval("select 1") == 1
    assert not half.exists()


async def test_a_path_too_long_for_a_socket(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30)
    try:
        async with embedded(data, fsync=False) as server, connected(server.url) as db:
            assert await db.fetchval("select 1") == 1
    finally:
        discard(data)


@needs_root
async def test_a_deleted_data_folder_begins_anew_and_loses_nothing(data: Path) -> None:
    async with embedded(data, fsync=False) as server, connected(server.url) as db:
        await db.execute("create table kept as select 1 as n")
        folder = server.folder
    shutil.rmtree(data)
    async with embedded(data, fsync=False) as server, connected(server.url) as db:
        assert await db.fetchval("select to_regclass('kept')") is None
    aside = list(folder.parent.glob(f"{folder.name}.left-*"))
    assert [(a / "cluster" / "PG_VERSION").exists() for a in aside] == [True]
    shutil.rmtree(aside[0])


@needs_root
async def test_a_moved_data_folder_finds_its_database(data: Path) -> None:
    async with embedded(data, fsync=False) as server, connected(server.url) as db:
        await db.execute("create table kept as select 1 as n")
    moved = data.rename(data.with_name("moved"))
    try:
        async with embedded(moved, fsync=False) as server, connected(server.url) as db:
            assert await db.fetchval("select n from kept") == 1
    finally:
        discard(moved)


@needs_root
async def test_an_ordinary_user_and_then_root() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for part in (WHEEL, WHEEL.with_name(f"{WHEEL.name}.libs")):
            shutil.copytree(part, Path(folder) / "site" / part.name)
        data = Path(folder) / "theirs" / ("long" * 30)
        data.parent.mkdir()
        os.chown(data.parent, NOBODY, NOBODY)
        async with another_doorstep(data, str(NOBODY), path=f"{folder}/site") as (doorstep, url):
            assert "doorstep-" in url
            async with connected(url) as db:
                await db.execute("create table kept as select 1 as n")
            assert (data / "postgres" / "cluster").stat().st_uid == NOBODY
            assert Path(f"/proc/{postmaster(data)}").stat().st_uid == NOBODY
            doorstep.terminate()
            doorstep.wait()
        async with embedded(data, fsync=False) as server, connected(server.url) as db:
            assert await db.fetchval("select n from kept") == 1
            assert Path(f"/proc/{postmaster(data)}").stat().st_uid == NOBODY
