"""What is sent through: mails of 20,000 people, a third of them answers to earlier ones."""

import random
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg

from doorstep.kernel import Address, AddressKind, Arrival, Signal, new_id

WORDS = [
    *("please", "order", "parcel", "courier", "delivery", "refund", "charged", "card", "bank", "account"),
    *("yesterday", "morning", "tracking", "number", "shows", "delivered", "nothing", "arrived", "box"),
    *("damaged", "broken", "photo", "attached", "waiting", "since", "week", "reply", "soon"),
]
PEOPLE = 20_000


async def make_inbox(url: str) -> UUID:
    """A queue and an inbox to send to."""
    connection = await asyncpg.connect(url)
    queue_id, inbox_id = new_id(), new_id()
    await connection.execute("insert into queue (id, name) values ($1, 'Bench')", queue_id)
    await connection.execute(
        "insert into inbox (id, channel, name, address, queue_id) values ($1, 'bench', 'Bench', $2, $3)",
        inbox_id, f"{inbox_id}@bench.example", queue_id,
    )  # fmt: skip
    await connection.close()
    return inbox_id


def arrivals(inbox_id: UUID, count: int, rng: random.Random, people: int = PEOPLE) -> list[Arrival]:
    """So many arrivals, in order."""
    sent: list[str] = []
    return [_arrival(inbox_id, rng, sent, people) for _ in range(count)]


def _arrival(inbox_id: UUID, rng: random.Random, sent: list[str], people: int) -> Arrival:
    person = rng.randrange(people)
    message_id = f"<{uuid4()}@bench.example>"
    references = (rng.choice(sent),) if sent and rng.random() < 1 / 3 else ()
    sent.append(message_id)
    signal = Signal(
        inbox_id=inbox_id,
        channel="bench",
        external_id=message_id,
        sender=Address(AddressKind.MAILBOX, f"p{person}@bench.example", f"Person {person}"),
        happened_at=datetime.now(UTC),
        subject=" ".join(rng.choices(WORDS, k=5)),
        text=" ".join(rng.choices(WORDS, k=40)),
        message_id=message_id,
        references=references,
    )
    return Arrival(signal, signal.text.encode())
