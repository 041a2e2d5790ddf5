"""Order: by time, and never an answer before what it answers, whatever their clocks said.

A message's thread is followed upwards through those that are here. Its top is told to every message of it, so
that one that names its nearest alone still finds the others; and all keep one place behind another by it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from doorstep.kernel import Kept
from doorstep.spine.moving.model import Planned


def in_order(found: Iterable[Kept]) -> list[Planned]:
    """All of them, roots first. Half a kilobyte of memory for each."""
    shared: dict[str, str] = {}
    kept = [_shared(one, shared) for one in found]
    by_name = {one.name: n for n, one in reversed(list(enumerate(kept))) if one.name}
    above = [
        [by_name[name] for name in one.references if by_name.get(name, n) != n] for n, one in enumerate(kept)
    ]
    at, depth, parent = _settled(kept, above)
    ordered = sorted(range(len(kept)), key=lambda n: (at[n], depth[n], n))
    return [Planned(kept[n], _names_above(kept, parent, n)) for n in ordered]


def fingerprint(planned: Sequence[Planned]) -> str:
    """The same for the same messages in the same order."""
    seen = hashlib.sha256()
    for one in planned:
        seen.update(f"{one.kept.place}\0{one.kept.size}\0{one.kept.name}\n".encode())
    return seen.hexdigest()


def _shared(one: Kept, shared: dict[str, str]) -> Kept:
    """The same, each name once in memory."""
    return msgspec.structs.replace(
        one,
        path=shared.setdefault(one.path, one.path),
        name=shared.setdefault(one.name, one.name),
        references=tuple(shared.setdefault(name, name) for name in one.references),
    )


def _settled(
    kept: Sequence[Kept], above: Sequence[list[int]]
) -> tuple[list[datetime], list[int], dict[int, int]]:
    """For each: not before when it can have been written, how deep it stands, and what stands above it."""
    at, depth, parent = [one.happened_at for one in kept], [0] * len(kept), dict[int, int]()
    done, under = [False] * len(kept), [False] * len(kept)
    for first in range(len(kept)):
        stack = [first]
        while stack:
            n = stack[-1]
            if not (done[n] or under[n]):
                under[n] = True
                stack += [m for m in above[n] if not (done[m] or under[m])]
                continue
            stack.pop()
            if not done[n]:
                _settle(n, [m for m in above[n] if done[m]], at, depth, parent)
                done[n] = True
    return at, depth, parent


def _settle(
    n: int, above: Sequence[int], at: list[datetime], depth: list[int], parent: dict[int, int]
) -> None:
    if above:
        parent[n] = above[0]
        at[n] = max(at[n], *(at[m] for m in above))
        depth[n] = 1 + max(depth[m] for m in above)


def _names_above(kept: Sequence[Kept], parent: dict[int, int], n: int) -> tuple[str, ...]:
    """The top of its thread; and what that answers itself, though it is not here."""
    top = n
    while top in parent:
        top = parent[top]
    names = (kept[top].name, *kept[top].references[-1:])
    return names if top != n else names[1:]
