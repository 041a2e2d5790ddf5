"""A customer asks to be forgotten: nothing of hers is found any more, and nothing brings it back."""

import logging
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from doorstep.choices import Choices, NewChoices, change_choices
from doorstep.cli.verbs import restore
from doorstep.commerce.customers import put_customers
from doorstep.commerce.rows import CustomerRow
from doorstep.drafts.keep import keep
from doorstep.drafts.model import NewDraft
from doorstep.kernel import Arrival, Attachment, Conflict, Invalid, NotFound, new_id
from doorstep.people import Me
from doorstep.portal.link import make_link
from doorstep.privacy import Finishing, reapply
from doorstep.privacy.erase import erase_confirmed
from doorstep.privacy.model import Erase
from doorstep.privacy.preview import preview
from doorstep.replies import NewNote, NewReply
from doorstep.spine import Sending, drain
from doorstep.spine.outbound import answer, note
from doorstep.spine.undelivered import reconcile
from doorstep.store import DiskFiles
from doorstep.store.backup import backup
from doorstep.store.backup.programs import program, run
from doorstep.store.embedded import discard, embedded
from doorstep.store.jobs import Job
from doorstep.store.sequencer import sequence
from doorstep.testing import MemoryChannel
from tests.parts import Spine

HERS = ("papadaki", "zografou", "694401", "kaisariani", "grinder-of-mine", "nachbar stavrou")
"""Her name, street, number and words: none of them may be found anywhere."""
MAIL = "ioanna.papadaki@mail.example"


class Shop:
    """A house in which a customer did all that can be done."""

    def __init__(self, spine: Spine, me: Me, files: DiskFiles) -> None:
        self.spine, self.me, self.files, self.channel = spine, me, files, MemoryChannel()
        self.customer_id: Any = None
        self.conversation_id: Any = None
        self.arrival: Arrival | None = None

    async def live(self) -> None:
        """She buys, writes with a file, is answered, and chooses; some of hers comes to nothing."""
        async with self.spine.db.transaction() as tx:
            row = CustomerRow(
                external_id="c-papadaki", name="Ioanna Papadaki", mailbox=MAIL, number="+306944017723"
            )
            (made,) = await put_customers(tx, "shop", [row])
        sha256 = await self.files.keep(b"a picture of the grinder-of-mine")
        file = Attachment("papadaki.txt", "text/plain", 32, sha256)
        text = "My grinder-of-mine stands in Zografou street. " * 3
        signal = self.spine.signal(
            MAIL,
            text,
            subject="The grinder-of-mine",
            html=f"<p>{text}</p>",
            message_id=f"<1.{MAIL}>",
            references=(f"<0.{MAIL}>",),
            attachments=(file,),
            external_id=f"<1.{MAIL}>",
        )
        self.arrival = Arrival(signal, f"From: {MAIL}\n{text}".encode() * 1000)
        await self.spine.edge.accept([self.arrival])
        await drain(self.spine.worker())
        (found,) = await self.spine.rows("select customer_id, conversation_id from interaction")
        self.customer_id, self.conversation_id = found["customer_id"], found["conversation_id"]
        assert self.customer_id == made.customer_id
        await self.spine.take_in(self.spine.signal(MAIL, "Zografou, again", suspicion="looks odd"))
        await self._answered()
        await self._beside()

    async def _answered(self) -> None:
        now, channels = datetime.now(UTC), {"memory": self.channel}
        async with self.spine.db.transaction() as tx:
            new = NewReply("Dear Ioanna Papadaki, it is with Nachbar Stavrou.")
            await answer(tx, channels, self.conversation_id, new, self.me, now)
            await note(tx, self.conversation_id, NewNote("Papadaki again", (self.me.agent_id,)), self.me, now)
            await keep(
                tx,
                self.conversation_id,
                NewDraft(text="Dear Papadaki", html="<p>Dear Papadaki</p>"),
                self.me,
                now,
            )
            new_choices = NewChoices(Choices(), "said Papadaki from 694401")
            await change_choices(tx, self.customer_id, new_choices, channels, self.me, now)
            await make_link(tx, self.customer_id, now)

    async def _beside(self) -> None:
        """What her address is in besides, and signals that stand in no story."""
        run, inbox = self.spine.run, self.spine.inbox_id
        await run("insert into picture_sender (kind, value) values ('mailbox', $1)", MAIL)
        await run("insert into automatic_answer (kind, value, sent_at) values ('mailbox', $1, now())", MAIL)
        await run(
            "insert into sender_rule (inbox_id, pattern, is_trusted) values ($1, $2, true)", inbox, MAIL
        )
        await run(
            "insert into sales_order (id, source, external_id, order_no, customer_id, placed_at, state,"
            " currency, total_minor, ship_to)"
            " values ($1, 'shop', 'o1', '48213', $2, now(), 'open', 'EUR', 5780, $3)",
            *(new_id(), self.customer_id, '{"name": "Ioanna Papadaki", "street": "Kaisariani 4"}'),
        )
        await run(
            "insert into shipment (id, source, external_id, order_id, customer_id, carrier, tracking_no,"
            " state, created_at) select $1, 'shop', 's1', id, customer_id, 'DHL', '694401', 'sent', now()"
            " from sales_order",
            new_id(),
        )
        await run(
            "insert into tracking_event (id, shipment_id, customer_id, happened_at, step, detail)"
            " select $1, s.id, s.customer_id, now(), 'delivered', 'to Nachbar Stavrou' from shipment s",
            new_id(),
        )
        await self.spine.accept(self.spine.signal(MAIL, "Papadaki waits"))
        await self.spine.run(
            "with gone as (delete from work returning *) insert into undelivered (id, signal_id,"
            " received_at, inbox_id, channel, lane, priority, is_reading, tries, error) select id, signal_id,"
            " received_at, $1, 'memory', lane, priority, is_reading, 9, 'KeyError' from gone",
            inbox,
        )
        await self.spine.accept(self.spine.signal(MAIL, "Papadaki still waits"))

    async def jobs(self) -> None:
        """All jobs, to the end."""
        edge = self.spine.edge
        handlers: dict[str, Callable[[Job], Any]] = {
            "reply.send": Sending(self.spine.db, self.spine.bus, {"memory": self.channel}, edge),
            "privacy.finish": Finishing(self.spine.db, self.files, settled=-5),
        }
        while rows := await self.spine.rows("delete from job returning id, kind, payload"):
            for row in rows:
                if row["kind"] in handlers:
                    await handlers[str(row["kind"])](Job(row["id"], str(row["kind"]), row["payload"], 1))  # type: ignore[arg-type]

    async def erase(self, name: str = "Ioanna Papadaki") -> None:
        async with self.spine.db.transaction() as tx:
            shown = await preview(tx, [self.customer_id])
            confirmed = Erase(name, shown.state)
            await erase_confirmed(tx, [self.customer_id], confirmed, self.me, datetime.now(UTC))
        await self.jobs()

    async def found(self, folder: Path, log: str = "") -> list[str]:
        """Which of her words are found in a dump of the database, in the files, or in the log."""
        while await sequence(self.spine.db):
            pass
        url, dump = self.spine.db.url, folder / "dump.sql"
        async with self.spine.db.connection() as on:
            server = int(await on.fetchval("select current_setting('server_version_num')::int"))
        await run(await program("pg_dump", server), url, "--format=plain", f"--file={dump}")
        kept = b"".join(path.read_bytes() for path in self.files.folder.rglob("*") if path.is_file())
        hexed = {word: word.encode().hex() for word in HERS}
        everything = (dump.read_bytes() + kept + log.encode()).lower()
        return [word for word in HERS if word.encode() in everything or hexed[word].encode() in everything]


@pytest.fixture
async def shop(spine: Spine, tmp_path: Path) -> Shop:
    shop = Shop(spine, await spine.hire(), DiskFiles(tmp_path))
    await shop.live()
    return shop


@pytest.fixture
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dump")


async def test_nothing_of_hers_is_found(shop: Shop, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    await shop.jobs()
    before = await shop.found(folder)
    assert set(before) >= {
        "papadaki",
        "zografou",
        "694401",
        "kaisariani",
        "grinder-of-mine",
        "nachbar stavrou",
    }
    with caplog.at_level(logging.DEBUG):
        await shop.erase()
    assert await shop.found(folder, caplog.text) == []
    assert not list(shop.files.folder.glob("??/*"))
    async with shop.spine.db.connection() as on:
        days = await reconcile(on, datetime.now(UTC) - timedelta(days=2))
    assert [day.missing for day in days] == [0] * len(days)
    assert sum(day.erased for day in days) == 2
    told = await shop.spine.rows("select kind, actor_id from event where kind = 'customer.erased'")
    assert told == [{"kind": "customer.erased", "actor_id": shop.me.agent_id}]


async def test_what_others_wrote_about_her_is_theirs_and_stays(shop: Shop) -> None:
    (other,) = await shop.spine.take_in(shop.spine.signal("stavrou@mail.example", "I have Papadaki's parcel"))
    await shop.jobs()
    await shop.erase()
    assert (
        await shop.spine.value("select text from interaction where id = $1", other)
        == "I have Papadaki's parcel"
    )


async def test_what_she_wrote_in_another_s_conversation_goes_too(shop: Shop) -> None:
    theirs = await shop.spine.opened(sender="stavrou@mail.example", text="Where is it?")
    (hers,) = await shop.spine.take_in(
        shop.spine.signal(MAIL, "At Zografou", token=await shop.spine.token(theirs))
    )
    await shop.jobs()
    await shop.erase()
    assert await shop.spine.value("select text from interaction where id = $1", hers) == ""
    assert await shop.spine.value("select count(*) from interaction where text = 'Where is it?'") == 1


async def test_a_second_delivery_and_the_shop_bring_nothing_back(shop: Shop, folder: Path) -> None:
    await shop.jobs()
    await shop.erase()
    assert shop.arrival
    again = await shop.spine.edge.accept([shop.arrival])
    assert again.fresh == (False,)
    async with shop.spine.db.transaction() as tx:
        row = CustomerRow(
            external_id="c-papadaki", name="Ioanna Papadaki", mailbox=MAIL, number="+306944017723"
        )
        assert await put_customers(tx, "shop", [row]) == []
    await drain(shop.spine.worker())
    async with shop.spine.db.connection() as on:
        assert await on.fetchval("select count(*) from identity where value = $1", MAIL) == 0
    # What she writes anew is a new story.
    await shop.spine.take_in(shop.spine.signal(MAIL, "Hello"))
    assert (
        await shop.spine.value("select customer_id from identity where value = $1", MAIL) != shop.customer_id
    )


async def test_a_reply_on_its_way_stops_it(shop: Shop) -> None:
    with pytest.raises(Conflict, match="on its way"):
        await shop.erase()
    assert await shop.spine.value("select count(*) from erasure") == 0


async def test_a_message_that_is_taken_in_stops_it(shop: Shop) -> None:
    await shop.jobs()
    await shop.spine.run("update work set owner = $1, until = now() + interval '1 minute'", new_id())
    with pytest.raises(Conflict, match="taken in at this moment"):
        await shop.erase()


async def test_only_what_was_shown_is_erased_and_by_name(shop: Shop) -> None:
    await shop.jobs()
    with pytest.raises(Invalid, match="name"):
        await shop.erase("Ioanna")
    async with shop.spine.db.transaction() as tx:
        shown = await preview(tx, [shop.customer_id])
    assert shown.counts["messages"] == 3
    assert shown.counts["attachments"] == 1
    assert shown.counts["waiting"] == 3
    assert shown.counts["orders"] == 1
    await shop.spine.run("delete from work")
    async with shop.spine.db.transaction() as tx:
        with pytest.raises(Conflict, match="since you looked"):
            await erase_confirmed(
                tx, [shop.customer_id], Erase(shown.name, shown.state), shop.me, datetime.now(UTC)
            )
    await shop.erase()
    with pytest.raises(NotFound):
        await shop.erase()


async def test_after_a_restore_she_is_erased_again(
    shop: Shop, folder: Path, server_url: str, template: str
) -> None:
    await shop.jobs()
    url, dump = shop.spine.db.url, folder / "before.dump"
    async with shop.spine.db.connection() as on:
        server = int(await on.fetchval("select current_setting('server_version_num')::int"))
    await run(await program("pg_dump", server), url, "--format=custom", f"--file={dump}")
    await shop.erase()
    assert (shop.files.folder / "erased.jsonl").is_file()

    async with shop.spine.db.connection() as on:
        await on.execute("drop schema public cascade; create schema public")
    await run(await program("pg_restore", server), url, "--no-owner", str(dump))
    await shop.spine.db.pool.expire_connections()
    await shop.spine.db.probes.expire_connections()
    assert await shop.spine.value("select name from customer") == "Ioanna Papadaki"
    assert await reapply(shop.spine.db, shop.files.folder) == 1
    assert await reapply(shop.spine.db, shop.files.folder) == 0
    await shop.jobs()
    assert await shop.found(folder) == []


async def test_the_command_restores_without_who_was_erased_since(shop: Shop, folder: Path) -> None:
    await shop.jobs()
    data = shop.files.folder.parent / "data"
    data.mkdir()
    await backup(shop.spine.db.url, data, folder / "before.tar.gz")
    await shop.erase()
    into, listed = folder / "into", shop.files.folder / "erased.jsonl"
    asked = Namespace(file=folder / "before.tar.gz", into=into, database_url="", erased=[listed])
    try:
        await restore(asked)
        async with embedded(into) as server:
            on = await asyncpg.connect(server.url)
            rows = await on.fetch("select name, erased_at is not null as is_erased from customer")
            words = await on.fetchval("select string_agg(text, '') from interaction")
            await on.close()
    finally:
        discard(into)
    assert [(row["name"], row["is_erased"]) for row in rows] == [("", True)]
    assert words == ""
