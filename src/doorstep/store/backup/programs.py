"""PostgreSQL's `pg_dump` and `pg_restore`: those of the wheel, or of the system when the server is newer."""

import asyncio
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from doorstep.kernel import Misconfigured
from doorstep.store.embedded import MAJOR, programs


async def run(name: str, url: str, *arguments: str) -> None:
    """Run one against `url`. Raises `Misconfigured` with its own words when it fails.

    The password goes by the environment, since everyone on the machine may read a command line.
    """
    bare, password = _apart(url)
    command = [name, *arguments, "--dbname", bare]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    process = await asyncio.create_subprocess_exec(
        *command, env={**clean, "PGPASSWORD": password, "LC_ALL": "C"}, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise Misconfigured(f"{Path(name).name} failed: {said.decode(errors='replace').strip()[-1000:]}")


async def program(name: str, server: int) -> str:
    """The path of `name` for a server of this version number. Raises `Misconfigured` when all are older."""
    if server // 10000 <= MAJOR:
        return str(programs() / name)
    found = shutil.which(name)
    if found and await _major(found) >= server // 10000:
        return found
    raise Misconfigured(
        f"The server is PostgreSQL {server // 10000}, and {name} must not be older than the server. "
        f"Doorstep brings {MAJOR}: install PostgreSQL's own programs of version {server // 10000}."
    )


async def _major(path: str) -> int:
    process = await asyncio.create_subprocess_exec(path, "--version", stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return int(said.split()[2].split(b".")[0])


def _apart(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    netloc = f"{name}@{host}" if user else host
    return urlunsplit(parts._replace(netloc=netloc)), unquote(password)
