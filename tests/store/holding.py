"""A program of its own that holds an embedded server until it is killed: `python holding.py DATA [UID]`."""

import asyncio
import concurrent.futures.thread  # what is loaded late must be loaded before the user changes
import encodings.idna
import os
import signal
import stringprep
import sys
from pathlib import Path

from doorstep.store.embedded import embedded

LATE = (concurrent.futures.thread, encodings.idna, stringprep)


async def hold(data: Path) -> None:
    """Start, say where, stay."""
    async with embedded(data, fsync=False) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()


def become(uid: int) -> None:
    """From root to an ordinary user, for good."""
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)


if __name__ == "__main__":
    # A shell that starts something in the background has it ignore this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if len(sys.argv) > 2:
        become(int(sys.argv[2]))
    asyncio.run(hold(Path(sys.argv[1])))
