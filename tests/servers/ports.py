"""Ports for servers that tests start."""

import itertools
import os
import socket

_next = itertools.count(20_000 + os.getpid() * 37 % 9_000)


def free_port() -> int:
    """One that nobody listens on, below those the system hands out, and never the same twice."""
    for port in itertools.islice(_next, 2_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("No free port.")
