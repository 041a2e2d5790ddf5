"""Doing what was typed, and ending in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from doorstep.cli.parser import parser
from doorstep.kernel import DoorstepError

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Do what was typed; returns the exit status: 0, 1 with the reason on the error stream, 130 cut short."""
    asked = parser().parse_args(arguments)
    try:
        work = asked.verb(asked)
        return (_run(work) if isinstance(work, Coroutine) else work) or 0
    except (DoorstepError, PermissionError) as error:
        print(f"doorstep: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read what we print went away; Python would complain once more as it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0 if asked.stays else INTERRUPTED


def _run(work: Coroutine[Any, Any, int | None]) -> int | None:
    """Run to the end. SIGTERM ends it as Ctrl-C does: in order, with everything it started."""

    async def ended_by_sigterm() -> int | None:
        task = asyncio.current_task()
        if task and sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(ended_by_sigterm())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
