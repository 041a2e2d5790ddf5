"""`doorstep serve` as a process of its own, with its own database, and the ways to end it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import msgspec

from doorstep.kernel import SystemClock, new_id
from doorstep.people import Role
from doorstep.people.add_agent import add_agent
from doorstep.store.embedded import discard, reached
from doorstep.store.embedded.home import home_of
from doorstep.store.embedded.orphan import is_alive
from tests.servers.ports import free_port

PATIENCE = 90.0
"""Seconds for a start; the first one makes a database, on a machine that others use too."""
CHANNEL = "email"
INBOX = "care@shop.example"
AGENT = "maren@shop.example"
PASSWORD = "a long enough password"
_TOML = """\
data = "{data}"
database_url = "{database_url}"
[http]
port = {http}
[spine]
backlog = {backlog}
disk_free = {disk_free}
[log]
format = "json"
[channels.{channel}]
port = {door}
"""


class Serve:
    """One node. `start` may be called again after it ended; ports and data stay."""

    def __init__(
        self,
        folder: Path,
        database_url: str = "",
        name: str = "node",
        backlog: int = 100_000,
        disk_free: float = 0.0,
    ) -> None:
        self.folder, self.name, self.database_url = folder, name, database_url
        self.data = folder / f"{name}-data"
        self.door, self.http = ("127.0.0.1", free_port()), free_port()
        self.log = folder / f"{name}.log"
        self.starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.configure(backlog, disk_free)

    @property
    def config(self) -> Path:
        return self.folder / f"{self.name}.toml"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def configure(self, backlog: int, disk_free: float) -> None:
        """Write the settings; they hold from the next start on."""
        self.config.write_text(
            _TOML.format(
                data=self.data,
                database_url=self.database_url,
                http=self.http,
                door=self.door[1],
                channel=CHANNEL,
                backlog=backlog,
                disk_free=disk_free,
            )
        )

    def launch(self) -> None:
        """Start the process, in a session of its own as a terminal would give it."""
        command = [sys.executable, "-m", "doorstep", "serve", "--config", str(self.config)]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("DOORSTEP_")}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=environment, cwd=self.folder, start_new_session=True
            )
        self.starts += 1

    async def start(self, until_it_is: str = "ready") -> None:
        """Start, and wait until it is `ready` or `live`; again when it ends before, as a supervisor would."""
        until = time.monotonic() + PATIENCE
        self.launch()
        async with httpx.AsyncClient(base_url=self.address) as client:
            while not await _is(until_it_is, client):
                assert time.monotonic() < until, f"not {until_it_is} after {PATIENCE:.0f} s\n{self.said()}"
                if not self.runs():
                    self.launch()
                await asyncio.sleep(0.05)

    def said(self, most: int = 4000) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-most:]

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        return self._process

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def postmaster(self) -> int | None:
        """The process id of its PostgreSQL, while one runs."""
        file = home_of(self.data).cluster / "postmaster.pid"
        first = file.read_text().partition("\n")[0] if file.exists() else ""
        return int(first) if first.isdigit() and is_alive(int(first)) else None

    def family(self) -> list[int]:
        """Every process it started, and its PostgreSQL's."""
        return [pid for of in (self.process.pid, self.postmaster()) if of for pid in (of, *children(of))]

    def kill(self) -> None:
        """`kill -9` the process, and wait until it is gone."""
        self.process.kill()
        self.process.wait()

    def kill_if_it_runs(self) -> None:
        """Leave nothing behind."""
        if self._process is not None:
            self.kill()

    def tell(self, how: signal.Signals) -> None:
        """Send it a signal as its supervisor (SIGTERM) or its terminal (SIGINT, to the whole group) does."""
        if how is signal.SIGINT:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)

    async def ended(self, seconds: float) -> int:
        """Wait until it has ended; its exit status."""
        until = time.monotonic() + seconds
        while self.runs():
            assert time.monotonic() < until, f"still runs after {seconds} s\n{self.said()}"
            await asyncio.sleep(0.02)
        return self.process.returncode

    async def url(self) -> str:
        """Its database, to look into; it must be running."""
        if self.database_url:
            return self.database_url
        async with reached(self.data) as server:
            return server.url


@asynccontextmanager
async def serving(
    folder: Path, inbox: dict[str, object] | None = None, **more: object
) -> AsyncIterator[Serve]:
    """A node, ready, with an inbox and an administrator; nothing is left of it afterwards."""
    node = Serve(folder, **more)  # type: ignore[arg-type]
    try:
        await node.start()
        await furnish(node, inbox or {})
        yield node
    except BaseException:
        print(node.said())
        raise
    finally:
        if node.runs():
            node.tell(signal.SIGTERM)
            try:
                await node.ended(30)
            finally:
                node.kill()
        if not node.database_url:
            _end_postgres(node)
            discard(node.data)


def _end_postgres(node: Serve) -> None:
    if (left := node.postmaster()) is not None:
        os.kill(left, signal.SIGQUIT)
        until = time.monotonic() + 20
        while is_alive(left) and time.monotonic() < until:
            time.sleep(0.05)


async def furnish(node: Serve, settings: dict[str, object]) -> None:
    """Configure an inbox and let an administrator in."""
    on = await asyncpg.connect(await node.url())
    try:
        async with on.transaction():
            await add_inbox(on, settings)
            await add_agent(on, AGENT, "Maren", Role.ADMINISTRATOR, PASSWORD, SystemClock().now())
    finally:
        await on.close()


async def add_inbox(on: "asyncpg.Connection[asyncpg.Record]", settings: dict[str, object]) -> UUID:
    """A queue with one inbox."""
    queue_id, inbox_id = new_id(), new_id()
    await on.execute("insert into queue (id, name) values ($1, 'Care')", queue_id)
    await on.execute(
        "insert into inbox (id, channel, name, address, settings, queue_id) values ($1, $2, $3, $4, $5, $6)",
        inbox_id, CHANNEL, "Customer care", INBOX, msgspec.json.encode(settings).decode(), queue_id,
    )  # fmt: skip
    return inbox_id


@asynccontextmanager
async def signed_in(node: Serve) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the administrator."""
    async with httpx.AsyncClient(base_url=node.address, timeout=20) as client:
        answer = await client.post("/api/session", json={"sign_in": AGENT, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield client


async def _is(state: str, client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get(f"/health/{state}")).status_code == 200
    except httpx.TransportError:
        return False


def children(pid: int) -> Iterator[int]:
    """The processes that `pid` started and that still run."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return (int(line) for line in found.stdout.split())
