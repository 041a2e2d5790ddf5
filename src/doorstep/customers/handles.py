"""Handles: a name on a network as equality means it, `network:handle`. Pure."""

import re


def handle_of(written: str, network: str = "") -> str:
    """Lower case, without the @ before it; `:handle` where no network is known, empty when there is none."""
    bare = written.strip().lower()
    named = re.match(r"(?:https?://)?(?:www\.)?([a-z]+)(?:\.[a-z]+)?[:/]+@?(.+)", bare)
    if named and not network and "@" not in named[1]:
        network, bare = named[1], named[2]
    elif named and named[1] == network.lower():
        bare = named[2]
    bare = bare.strip("/").removeprefix("@")
    return f"{network.strip().lower()}:{bare}" if bare else ""
