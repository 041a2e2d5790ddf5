"""Answer: lines in, one line out for each record and signal, flushed before the next is looked at."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from doorstep.cli.reach import knock, say, settings_of, url_of
from doorstep.cli.stream.lines import Line, line_of, name_of
from doorstep.cli.stream.trial import Standing, Trial
from doorstep.customers import live_in
from doorstep.kernel import DoorstepError
from doorstep.store import opened
from doorstep.store.embedded import discard, embedded
from doorstep.store.migrate import migrate

HOW = {
    "known": "an address of theirs",
    "new": "somebody new: nobody here is known by it",
    "claimed": "its signature fails: it is not from the address it claims",
}
HASTY = "jit=off&plan_cache_mode=force_generic_plan"
"""Every line runs the same few statements, each for one row: planned once, never compiled."""
VOUCHED = {"attested": "vouched for by its channel", "shop": "noted by a shop"}


async def stream(asked: argparse.Namespace) -> int:
    """Answer standard input; 1 when a line of it could not be taken."""
    live_in(asked.country)
    async with _store(asked) as (url, folder):
        await migrate(url)
        async with opened(url) as db:
            return await Answering(Trial(db, folder / "files")).all()


@asynccontextmanager
async def _store(asked: argparse.Namespace) -> AsyncIterator[tuple[str, Path]]:
    """The store that is named, else one of our own, which relaxes its commits and is thrown away."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="doorstep-stream-")))
        if asked.database:
            await knock(asked.database)
            yield asked.database, folder
        elif asked.data:
            yield await stack.enter_async_context(url_of(settings_of(asked))), asked.data
        else:
            stack.callback(discard, folder / "data")
            server = await stack.enter_async_context(embedded(folder / "data", fsync=False))
            yield f"{server.url}{'&' if '?' in server.url else '?'}{HASTY}", folder


class Answering:
    """What was answered, for the end."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._answered: list[tuple[str, UUID]] = []
        self._is_whole = True

    async def all(self) -> int:
        """Every line until `end`, or until there are no more."""
        number = 0
        while raw := await asyncio.to_thread(sys.stdin.buffer.readline):
            number += 1
            if not raw.strip():
                continue
            if not await self._one(number, raw):
                break
        await self._end()
        return 0 if self._is_whole else 1

    async def _one(self, number: int, raw: bytes) -> bool:
        line = None
        try:
            line = line_of(raw)
            if line.kind == "end":
                return False
            await self._answer(line)
        except DoorstepError as error:
            self._is_whole = False
            say(f"doorstep: line {number}: {error.detail}")
            if line is None or line.kind != "order":
                _print({"error": error.detail, "line": number, "cluster": "?"})
        return True

    async def _answer(self, line: Line) -> None:
        there = await getattr(self._trial, line.kind)(line.data)
        if line.kind != "order":  # orders have no answer in the format; they speak by what comes later
            self._answered.append((name_of(line), there.customer_id))
            _print(told(there, line.kind == "signal"))

    async def _end(self) -> None:
        ends = await self._trial.in_the_end([customer_id for _, customer_id in self._answered])
        for name, customer_id in self._answered:
            _print({"id": name, "cluster": ends[customer_id]})


def told(there: Standing, is_signal: bool) -> dict[str, Any]:
    """An answer."""
    answer = {
        "cluster": "?" if there.how in ("asked", "claimed") else there.cluster,
        "confidence": confidence(there),
        "because": because(there),
    }
    return answer | {"matter": there.matter} if is_signal else answer


def because(there: Standing) -> list[str]:
    """What speaks for it, in words."""
    reasons = msgspec.json.decode(there.reasons)
    if reasons:
        return [
            r if isinstance(r, str) else r["what"] for r in reasons if isinstance(r, str) or r["weight"] > 0
        ]
    said = HOW.get(there.how, "")
    if there.how == "known" and there.kind:
        said = f"{there.kind}, {VOUCHED.get(there.evidence, 'which nobody vouches for')}"
    return [said]


def confidence(there: Standing) -> float:
    """How sure it is, between 0 and 1."""
    if there.confidence:
        return round(there.confidence, 2)
    if there.how == "linked":
        return 0.97
    if there.how == "known":
        return 0.97 if there.evidence in VOUCHED else 0.92
    return 0.5 if there.how == "claimed" else 0.8


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
