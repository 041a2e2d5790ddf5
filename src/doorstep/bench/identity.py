"""`doorstep bench identity`: how long it takes to say whose an arrival is, among 50,000 customers.

In turn, on one connection of the spine's: a primary-key look-up, which is the floor; an address that one
person has; one that a couple shares, where the name chooses; and the search for whom a new record may be.
"""

import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

import asyncpg

from doorstep.commerce import take
from doorstep.customers import Sender, identify, suggest
from doorstep.kernel import Address, AddressKind, new_id
from doorstep.store import Connection, Database, opened
from doorstep.store.embedded import discard, embedded
from doorstep.store.migrate import migrate

AT_ONCE = 500
LOOKS = 400
GIVEN = [
    "Anna",
    "Peter",
    "Maria",
    "Jan",
    "Sofia",
    "Luca",
    "Emma",
    "Noah",
    "Ida",
    "Paul",
    "Clara",
    "Oskar",
    "Nora",
    "Felix",
    "Greta",
    "Hugo",
    "Lena",
    "Tom",
    "Eva",
    "Max",
]
LETTERS = "abdefghiklmnoprstuvz"
Timed = Callable[[Connection, int], Awaitable[object]]


async def bench_identity(customers: int, say: Callable[[str], None]) -> dict[str, list[float]]:
    """Measure; `say` gets the report. Returns seconds by what was timed."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        data = Path(folder) / "data"
        async with embedded(data) as server:
            await migrate(server.url)
            async with opened(server.url) as db:
                await _fill(db, customers, rng, say)
                times = await _measure(db, customers, rng)
        discard(data)
    say(report(times, customers))
    return times


async def _fill(db: Database, customers: int, rng: random.Random, say: Callable[[str], None]) -> None:
    """Every tenth shares its mailbox with the one before."""
    families = ["".join(rng.choices(LETTERS, k=rng.randint(4, 9))).title() for _ in range(4000)]
    for start in range(0, customers, AT_ONCE):
        async with db.transaction() as tx:
            await tx.execute("set local synchronous_commit = off")
            some = range(start, min(start + AT_ONCE, customers))
            await take(tx, "customers", "bench", [_row(n, families, rng) for n in some])
    async with db.connection() as on:
        await on.execute("vacuum analyze")
    say(f"{customers:,} customers are there.")


def _row(n: int, families: list[str], rng: random.Random) -> dict[str, object]:
    return {
        "external_id": f"c{n}",
        "name": f"{GIVEN[n % len(GIVEN)]} {rng.choice(families)}",
        "mailbox": f"p{n - (n % 10 == 9)}@bench.example",
        "number": f"+49170{n:07}",
        "postcode": f"{rng.randint(10000, 99999)}",
        "birth_date": date(rng.randint(1940, 2005), rng.randint(1, 12), rng.randint(1, 28)),
    }


async def _measure(db: Database, customers: int, rng: random.Random) -> dict[str, list[float]]:
    async with db.connection() as on:
        ids = [
            row[0]
            for row in await on.fetch("select customer_id from shop_customer order by external_id limit 5000")
        ]
    timed = _timed(ids, customers, rng)
    times: dict[str, list[float]] = {what: [] for what in timed}
    async with db.probes.acquire() as on:
        for n in range(LOOKS):
            for what, look in timed.items():
                times[what].append(await _time(on, look, n))
    return times


def _timed(ids: list[UUID], customers: int, rng: random.Random) -> dict[str, Timed]:
    async def floor(on: Connection, n: int) -> None:
        await on.fetchval("select name from customer where id = $1", ids[n])

    async def own(on: Connection, n: int) -> None:
        await identify(on, [_sender(rng.randrange(0, customers - 10) // 10 * 10)])

    async def shared(on: Connection, n: int) -> None:
        place = rng.randrange(0, customers - 10) // 10 * 10 + 8
        await identify(on, [_sender(place, GIVEN[place % len(GIVEN)])])

    async def alike(on: Connection, n: int) -> None:
        await suggest(on, [ids[n]])

    return {
        "primary-key look-up": floor,
        "an address of one person": own,
        "an address of two, by name": shared,
        "whom a record may be": alike,
    }


def _sender(place: int, name: str = "") -> Sender:
    address = Address(AddressKind.MAILBOX, f"p{place}@bench.example", name)
    return Sender(id=new_id(), address=address, attested={"dkim": "pass"})


async def _time(on: Connection, look: Timed, n: int) -> float:
    """In a transaction that is begun before, and taken back after."""
    async with _undone(on):
        began = time.perf_counter()
        await look(on, n)
        return time.perf_counter() - began


class _undone:
    def __init__(self, on: Connection) -> None:
        self._transaction: asyncpg.transaction.Transaction = on.transaction()

    async def __aenter__(self) -> None:
        await self._transaction.start()

    async def __aexit__(self, *_: object) -> None:
        await self._transaction.rollback()


def report(times: dict[str, list[float]], customers: int) -> str:
    """Medians and 95th percentiles, and how many times the floor."""
    floor = median(next(iter(times.values())))
    lines = [f"among {customers:,} customers        p50 ms   p95 ms   x floor   (p95 to reach: 5 ms)"]
    for what, all_ in times.items():
        middle, late = median(all_), quantiles(all_, n=20)[18]
        lines.append(f"{what:28} {middle * 1e3:8.2f} {late * 1e3:8.2f} {middle / floor:9.1f}")
    return "\n".join(lines)
