"""What the demo says: how far it is, and how to get in."""

import socket
import sys
from collections.abc import Sequence

from doorstep.demo.people import Employee

DEMO_DOOR = 2525
TRIED = 50


def say(line: str) -> None:
    """Tell whoever waits at the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def free_port(first: int) -> int:
    """The first port from there on that nobody listens at; 0, any, when all of them are taken."""
    for port in range(first, first + TRIED):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 0


def greeting(address: str, door: str, staff: Sequence[tuple[Employee, str]]) -> str:
    """The lines at the end of the start."""
    people = "\n".join(f"    {one.role:<14} {one.sign_in:<7} {password}" for one, password in staff)
    return (
        f"\n  Doorstep is open at {address}\n\n"
        f"  Sign in as\n{people}\n\n"
        f"  Play a customer at {address}/play, or send a mail to support@marlowfinch.example\n"
        f"  at the SMTP door {door}. Ctrl-C ends everything.\n"
    )
