"""A trial: the store that lines go into, by the ways that everything goes in, and what it says of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from doorstep.cli.stream.lines import Atlas, Fields, text
from doorstep.cli.stream.rows import ORDERS, buyer_row, customer_row, order_row
from doorstep.cli.stream.signals import signal_of
from doorstep.commerce import Report, take
from doorstep.customers import hold, suggest
from doorstep.kernel import Address, AddressKind, Arrival, Invalid, new_id
from doorstep.spine import Handoff, SpineEdge, Worker, drain
from doorstep.store import Connection, Database, DiskFiles, beside
from doorstep.store.bus import LocalBus
from doorstep.store.partitions import make_partitions

sql = beside(__file__)


class Standing(msgspec.Struct, frozen=True):
    """Where a line stands: its own customer, whom that is shown as, and how it came there.

    `how`: `linked`, `known`, `new`, `asked`, `claimed`; `reasons` as JSON, empty where `how` says it all.
    """

    customer_id: UUID
    cluster: UUID
    how: str
    confidence: float
    reasons: str
    kind: str
    evidence: str
    matter: UUID | None


class Trial:
    """The parts that lines go through."""

    def __init__(self, db: Database, files: Path) -> None:
        self._db, self._atlas, self._bus, self._handoff = db, Atlas(), LocalBus(), Handoff()
        self._edge = SpineEdge(db, self._bus, DiskFiles(files), self._handoff)
        self._worker = Worker(db, self._bus, self._handoff)
        self._inboxes: dict[tuple[str, str], UUID] = {}
        self._queue_id = new_id()

    async def record(self, data: Fields) -> Standing:
        """A record of a source becomes a customer, or is found to be one. Raises `Invalid`."""
        source = text(data, "source", 200) or "records"
        row = customer_row(data, self._atlas)
        async with self._db.transaction() as tx:
            _refused(await take(tx, "customers", source, [row]))
            return await self._described(tx, source, row["external_id"])

    async def order(self, data: Fields) -> Standing:
        """An order, and who says that they ordered. Raises `Invalid`."""
        row, card = buyer_row(data, self._atlas), text(data, "card", 200)
        async with self._db.transaction() as tx:
            _refused(await take(tx, "customers", ORDERS, [row]))
            _refused(await take(tx, "orders", ORDERS, [order_row(data)]))
            there = await self._described(tx, ORDERS, row["external_id"])
            if card:
                await hold(tx, there.customer_id, Address(AddressKind.CARD, card, row["name"]), "shop")
            return there

    async def _described(self, tx: Connection, source: str, external_id: str) -> Standing:
        customer_id = await sql.value(tx, "customer_of", source=source, external_id=external_id)
        await suggest(tx, [customer_id])
        return await self._there(tx, "where_record", source=source, external_id=external_id)

    async def signal(self, data: Fields) -> Standing:
        """A signal, through the edge and the spine. Raises `Invalid`."""
        ours = text(data, "inbox") or "inbox"
        inbox_id = await self._inbox(text(data, "channel") or "unknown", ours)
        found = signal_of(data, inbox_id, text(data, "to") or ours)
        self._handoff.rest(self._worker.owner, self._worker.take)
        accepted = await self._edge.accept([Arrival(found, found.text.encode())])
        self._handoff.rise(self._worker.owner)
        if not await self._worker.work():
            await drain(self._worker)
        async with self._db.connection() as on:
            there = await self._there(on, "where_signal", id=accepted.ids[0])
        if there.how == "new":
            async with self._db.transaction() as tx:
                await suggest(tx, [there.customer_id])
        return there

    async def _there(self, tx: Connection, statement: str, **values: object) -> Standing:
        there = await sql.row(tx, statement, Standing, **values)
        if there is None:
            raise Invalid("It was taken, and it is nobody's: it says that it is from an address of ours.")
        return there

    async def _inbox(self, channel: str, address: str) -> UUID:
        key = (channel, address)
        if key not in self._inboxes:
            async with self._db.transaction() as tx:
                if not self._inboxes:
                    await make_partitions(tx, datetime.now(UTC))
                self._inboxes[key] = await sql.value(
                    tx, "inbox", id=new_id(), queue_id=self._queue_id, channel=channel, address=address
                )
        return self._inboxes[key]

    async def in_the_end(self, customer_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Whom each of these customers is shown as by now."""
        async with self._db.connection() as on:
            return dict(await sql.tuples(on, "in_the_end", ids=list(set(customer_ids))))


def _refused(report: Report) -> None:
    if report.refused:
        raise Invalid(report.refused[0].reason)
