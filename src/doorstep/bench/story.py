"""`doorstep bench story`: how fast a customer's view and story open, beside one look-up by primary key.

Two databases on one server: a shop's years, and a hundredth of them. Rounds of floor, view and first page are
interleaved on one connection each, over the same so many customers, and medians taken: read the ratios. One
customer of the large one has 10,000 entries more, the others some 80. Warm, as a desk at work is.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg
import msgspec

from doorstep.bench.fill_story import LONG, fill
from doorstep.desk.view import story, view
from doorstep.store import Connection
from doorstep.store.database import opened
from doorstep.store.embedded import discard, embedded
from doorstep.store.migrate import migrate

LOOKED_AT = 50
"""Customers that a round opens, one after another."""
LEFT_OUT = 10
"""Looks at the beginning, while the server still plans."""
SMALLER = 100


class Figures(msgspec.Struct):
    """Seconds: a look-up, the view, first pages of the story in both databases, and of the long one."""

    floor: list[float] = msgspec.field(default_factory=list)
    view: list[float] = msgspec.field(default_factory=list)
    long_view: list[float] = msgspec.field(default_factory=list)
    large: list[float] = msgspec.field(default_factory=list)
    small: list[float] = msgspec.field(default_factory=list)
    long: list[float] = msgspec.field(default_factory=list)
    bytes_: list[int] = msgspec.field(default_factory=list)


async def bench_story(interactions: int, rounds: int, say: Callable[[str], None]) -> Figures:
    """Measure; `say` gets a line as each part is made and each round ends, and the report last."""
    figures, few = Figures(), max(interactions // SMALLER, 4_000)
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        async with AsyncExitStack() as stack:
            url = (await stack.enter_async_context(embedded(Path(folder) / "data"))).url
            large = await stack.enter_async_context(_shop(url, "large", interactions, say))
            small = await stack.enter_async_context(_shop(url, "small", few, say))
            for number in range(1, rounds + 1):
                await _round(large, small, figures)
                say(f"round {number} of {rounds}: {_line(figures)}")
        await asyncio.to_thread(discard, Path(folder) / "data")
    say(report(figures, interactions, few))
    return figures


@asynccontextmanager
async def _shop(
    url: str, name: str, interactions: int, say: Callable[[str], None]
) -> AsyncIterator[Connection]:
    admin = await asyncpg.connect(url)
    await admin.execute(f"create database {name}")
    await admin.close()
    its = url.replace("/doorstep?", f"/{name}?")
    await migrate(its)
    began = time.perf_counter()
    await fill(its, interactions)
    say(f"{name}: {interactions:,} interactions, made in {time.perf_counter() - began:.0f} s")
    async with opened(its, size=1) as db, db.connection() as on:
        yield on


async def _round(large: Connection, small: Connection, figures: Figures) -> None:
    customers = [UUID(int=2 + n) for n in range(LOOKED_AT)]
    for number, customer_id in enumerate([*customers[:LEFT_OUT], *customers]):
        looks: Sequence[tuple[list[float], Awaitable[object]]] = [
            (figures.floor, large.fetchval("select name from customer where id = $1", customer_id)),
            (figures.view, view(large, customer_id)),
            (figures.large, story(large, customer_id, None)),
            (figures.small, story(small, customer_id, None)),
            (figures.long_view, view(large, LONG)),
            (figures.long, story(large, LONG, None)),
        ]
        for took, look in looks:
            began = time.perf_counter()
            found = await look
            if number >= LEFT_OUT:
                took.append(time.perf_counter() - began)
                if took is figures.view and isinstance(found, bytes):
                    figures.bytes_.append(len(found))


def _line(figures: Figures) -> str:
    last = {
        "look-up": figures.floor,
        "view": figures.view,
        "page": figures.large,
        "page of few": figures.small,
    }
    return ", ".join(f"{name} {median(v[-LOOKED_AT:]) * 1e3:.2f} ms" for name, v in last.items())


def report(figures: Figures, interactions: int, few: int) -> str:
    """The medians, and the ratios that count."""
    floor, seen = median(figures.floor), median(figures.view)
    large, small, long = median(figures.large), median(figures.small), median(figures.long)
    long_view, size = median(figures.long_view), median(figures.bytes_)
    lines = [
        f"floor, one look-up by primary key, p50    {floor * 1e3:.2f} ms",
        f"360° view, p50                            {seen * 1e3:.2f} ms, {size / 1e3:.0f} kB",
        f"view / look-up                            {seen / floor:.1f}   (at most: 100)",
        f"story's first page at {few:<10,} p50       {small * 1e3:.2f} ms",
        f"story's first page at {interactions:<10,} p50       {large * 1e3:.2f} ms",
        f"first page of many / of few               {large / small:.2f}   (at most: 1.3)",
        f"first page of 10,000 entries / of 80      {long / large:.2f}   (at most: 1.3)",
        f"view of 10,000 entries / look-up          {long_view / floor:.1f}   (at most: 100)",
    ]
    return "\n".join(lines)
