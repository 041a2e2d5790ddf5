"""A card number in a mail is masked before it lies anywhere; the original is sealed, and redacted later."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doorstep.kernel import Arrival, Reading, Refused
from doorstep.spine import drain
from doorstep.spine.original import of_interaction, original
from doorstep.spine.seal import redact_sealed
from doorstep.store import DiskFiles
from tests.parts import Spine

CARD = "4111 1111 1111 1111"
SHOWN = "•••• •••• •••• 1111"


async def test_a_customer_writes_her_card_number_and_nobody_here_reads_it(
    spine: Spine, tmp_path: Path
) -> None:
    signal = spine.signal(
        text=f"Take it from {CARD}, please.",
        said=f"Take it from {CARD}, please.",
        subject=f"Card {CARD}",
        html=f"<p>Take it from {CARD}</p>",
    )
    await spine.edge.accept([Arrival(signal, f"raw {CARD}".encode())])
    await drain(spine.worker())
    (row,) = await spine.rows("select id, subject, text, said, html from interaction")
    assert CARD not in str(row)
    assert row["text"] == f"Take it from {SHOWN}, please."
    assert await spine.value("select matter from conversation") == f"Card {SHOWN}"
    (kept,) = await spine.rows("select signal, raw, sealed_at from journal")
    assert CARD.encode() not in bytes(kept["signal"])  # type: ignore[arg-type]
    assert kept["sealed_at"] is not None

    async with spine.db.connection() as on:
        came = await of_interaction(on, row["id"])  # type: ignore[arg-type]
        with pytest.raises(Refused, match="card number"):
            await original(on, DiskFiles(tmp_path), came)

    now = datetime.now(UTC)
    assert await redact_sealed(spine.db, now, timedelta(days=30)) == 0
    assert await redact_sealed(spine.db, now + timedelta(days=31), timedelta(days=30)) == 1
    assert await spine.value("select raw from journal") is None
    assert await spine.value("select text from interaction") == f"Take it from {SHOWN}, please."


async def test_a_long_original_is_let_go_as_a_file(spine: Spine) -> None:
    await spine.edge.accept([Arrival(spine.signal(text=CARD), CARD.encode() * 10_000)])
    assert await spine.value("select count(*) from file_use") == 1
    await redact_sealed(spine.db, datetime.now(UTC) + timedelta(days=31), timedelta(days=30))
    assert await spine.value("select count(*) from file_use") == 0
    assert await spine.value("select raw_file from journal") is None


async def test_an_ordinary_mail_is_not_sealed(spine: Spine) -> None:
    await spine.take_in(spine.signal(text="Order 48213, parcel 00340434161094042557"))
    assert await spine.value("select sealed_at from journal") is None


async def test_what_a_page_says_is_masked_too(spine: Spine) -> None:
    (signal_id,) = await spine.take_in(spine.signal(text=""))
    await spine.edge.add_reading(Reading(signal_id, "page", text=f"Charge {CARD}"))
    await drain(spine.worker())
    assert await spine.value("select text from interaction") == f"Charge {SHOWN}"
