"""The postmaster as a process of ours, and its guardian."""

import asyncio
import os
import signal
import subprocess
from pathlib import Path

from doorstep.store.embedded.cluster import launch
from doorstep.store.embedded.home import Home
from doorstep.store.embedded.socket import Door

_SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "wal_buffers": "16MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "autovacuum_naptime": "15s",
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
_RECKLESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_IN_THE_WAY = ("already exists", "still in use", "lock file", "shared memory", "Address already in use")
_LOG_LIMIT = 16 << 20

# `read` ends when we do, however we end: the pipe's other side is ours alone.
_GUARDIAN = 'read -r _; kill -INT "$0"'


class Postmaster:
    """One server process; `start` may be called again after it ended."""

    def __init__(self, home: Home, way: Door, fsync: bool) -> None:
        self.home = home
        self.log = home.folder / "postgres.log"
        self._settings = {**_SETTINGS, **({} if fsync else _RECKLESS), **way.settings()}
        self._process: subprocess.Popen[bytes] | None = None
        self._guardian: subprocess.Popen[bytes] | None = None
        self._log_from = 0

    def start(self) -> None:
        """Start the process. It is not ready yet."""
        self._dismiss()
        output = _opened(self.log)
        self._log_from = self.log.stat().st_size
        options = [option for name, value in self._settings.items() for option in ("-c", f"{name}={value}")]
        try:
            self._process = launch(
                self.home, "postgres", "-D", str(self.home.cluster), *options, output=output
            )
        finally:
            os.close(output)
        if os.name == "posix":
            self._guardian = self._guard(self._process.pid)

    def runs(self) -> bool:
        """Is the process there?"""
        return self._process is not None and self._process.poll() is None

    async def ended(self) -> None:
        """Wait until the process is gone."""
        while self.runs():  # noqa: ASYNC110 - Popen can only be polled, or waited for by a thread of its own
            await asyncio.sleep(0.1)

    def stop(self) -> None:
        """End it: fast, then immediately. Blocks; an open connection is cut, a committed row is safe."""
        self._dismiss()
        if self._process is None:
            return
        for how, seconds in (
            (signal.SIGINT, 60),
            (signal.SIGTERM if os.name == "nt" else signal.SIGQUIT, 15),
        ):
            if self.runs():
                self._tell(how)
                self._wait(seconds)
        if self.runs():
            self._process.kill()
            self._process.wait()

    def may_retry(self) -> bool:
        """Did it end because of what a killed server left behind, which goes away by itself?"""
        words = self.last_words()
        return any(sign in words for sign in _IN_THE_WAY)

    def last_words(self) -> str:
        """The end of what it said since it was started."""
        with self.log.open("rb") as log:
            log.seek(max(self._log_from, self.log.stat().st_size - 4000))
            return log.read().decode(errors="replace").strip()

    def _guard(self, pid: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", _GUARDIAN, str(pid)],
            user=self.home.uid,
            group=self.home.gid,
            extra_groups=None if self.home.uid is None else [],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _dismiss(self) -> None:
        if self._guardian is not None:
            self._guardian.kill()
            self._guardian.communicate()
            self._guardian = None

    def _tell(self, how: signal.Signals) -> None:
        assert self._process is not None  # noqa: S101
        if os.name == "nt":
            name = how.name.removeprefix("SIG")
            launch(self.home, "pg_ctl", "kill", name, str(self._process.pid)).wait()
        else:
            self._process.send_signal(how)

    def _wait(self, seconds: float) -> None:
        assert self._process is not None  # noqa: S101
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def _opened(log: Path) -> int:
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
